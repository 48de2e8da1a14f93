import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Kind, kinds } from '../../../shared/domain/ids.ts';
import { errorNames } from '../../../shared/domain/workflow/contract.ts';
import { type Edge, edgesFrom, endStages, lifecycleOf, stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { definitionOf, waysOf } from './definitions.ts';
import { DAY, isAsked, openWorld, type Subject, type World } from './world.ts';

/** The shortest way through the lifecycle from a new case to `stage`. */
function wayTo(kind: Kind, stage: string): Edge[] {
  const ways: Edge[][] = [[]];
  for (const way of ways) {
    const at = way.at(-1)?.to ?? 'submitted';
    if (at === stage) return way;
    const seen = new Set(ways.flatMap((each) => each.map(({ to }) => to)));
    for (const edge of edgesFrom(kind, at)) if (!seen.has(edge.to)) ways.push([...way, edge]);
  }
  throw new Error(`no way to ${stage}`);
}

/** Longer than any stage lasts that time ends. */
const LONG = 65 * DAY;

async function take(world: World, subject: Subject, edge: Edge): Promise<void> {
  if (edge.by !== 'workflow') return world.answer(subject, edge.to);
  if (edge.on !== 'screen' && edge.on !== 'screened') await world.pass(LONG);
}

describe.each(kinds)('the workflow of a case of the kind %s', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
  });
  afterEach(() => world.stopAll());
  afterAll(() => world.close());

  const stages = stagesOf(kind).filter((stage) => stage !== 'submitted');
  const asked = stages.filter((stage) => isAsked(kind, stage));
  const first = edgesFrom(kind, 'screening').find(({ on }) => on === 'screened')?.to ?? '';
  // nothing is waited for in these: an applicant who withdraws is noticed at the next step
  const automatic = ['submitted', 'screening'];
  const edges = lifecycleOf(kind).filter(({ from, on }) => !(automatic.includes(from) && on === 'withdrawn'));

  it.each(edges)('goes from $from to $to when $on by $by', async (edge) => {
    const subject = await world.open();
    for (const step of wayTo(kind, edge.from)) await take(world, subject, step);
    await take(world, subject, edge);
    const states = await world.states(subject);
    const { status } = await world.execution(subject);
    expect(states).toContain(edge.to);
    expect(states).not.toContain('stuck');
    if (endStages.has(edge.to)) expect([status, states.at(-1)]).toEqual(['SUCCEEDED', edge.to]);
    if (isAsked(kind, edge.to)) expect(subject.question).toMatchObject({ stage: edge.to, stuck: false });
  });

  it.each(stages)('begins in %s when that is where the case is', async (stage) => {
    const subject = await world.open(stage);
    const begun = (await world.states(subject)).slice(0, 3);
    expect(begun).toEqual(['screening', 'where does it stand?', stage === 'screening' ? first : stage]);
  });

  it.each(asked)('asks again in %s when an answer left the case there', async (stage) => {
    const subject = await world.open(stage);
    await world.answer(subject);
    expect((await world.states(subject)).slice(2)).toEqual([stage, `${stage}: what next?`, stage]);
    expect(subject.question?.stage).toBe(stage);
  });

  it.each(asked)('needs one transition beyond the question itself in %s', async (stage) => {
    const [edge] = edgesFrom(kind, stage).filter(({ by }) => by !== 'workflow');
    const subject = await world.open(stage);
    await world.answer(subject, edge?.to);
    expect((await world.states(subject)).slice(2, 5)).toEqual([stage, `${stage}: what next?`, edge?.to]);
  });

  it.each(asked)('finds a case that somebody brought from %s to where nobody expected it', async (stage) => {
    const legal = new Set(edgesFrom(kind, stage).map(({ to }) => to));
    const elsewhere = stages.find((other) => other !== 'screening' && other !== stage && !legal.has(other));
    const subject = await world.open(stage);
    await world.answer(subject, elsewhere);
    const found = (await world.states(subject)).slice(3, 6);
    expect(found).toEqual([`${stage}: what next?`, 'where does it stand?', elsewhere]);
  });

  it.each(asked)(
    'asks the hub when %s cannot be asked about, and begins again when it has seen to it',
    async (stage) => {
      const subject = await world.open(stage);
      subject.faults['open-task'] = [errorNames.permanent];
      await world.answer(subject);
      expect(subject.question).toMatchObject({ stage, stuck: true, dueSeconds: DAY / 1000 });
      await world.answer(subject);
      expect(subject.question).toMatchObject({ stage, stuck: false });
    },
  );

  it.each(asked)('asks the hub when nothing can be done about silence in %s', async (stage) => {
    const subject = await world.open(stage);
    subject.faults.advance = [errorNames.permanent];
    await world.pass(32 * DAY);
    expect((await world.states(subject)).slice(2, 5)).toEqual([stage, `${stage}: no answer`, 'stuck']);
  });

  it('follows an applicant who withdrew while it was screening', async () => {
    const subject = await world.open('withdrawn');
    expect((await world.execution(subject)).status).toBe('SUCCEEDED');
  });

  it('asks the hub when a case is in no stage it knows, or cannot be screened', async () => {
    const [lost, unscreened] = [await world.open(first), await world.open(first)];
    lost.lies.screen = [{ stage: 'nowhere' }];
    unscreened.faults.screen = [errorNames.permanent];
    for (const subject of [lost, unscreened]) {
      subject.faults['open-task'] = [errorNames.permanent];
      await world.answer(subject);
      await world.answer(subject);
      expect(subject.question?.stuck).toBe(true);
    }
  });

  it('fails, for an alarm to tell, only when the hub cannot be asked either, and asks it when it is redriven', async () => {
    const subject = await world.open(first);
    subject.faults['open-task'] = [errorNames.permanent, errorNames.permanent];
    await world.answer(subject);
    expect(await world.execution(subject)).toMatchObject({ status: 'FAILED', error: errorNames.permanent });
    await world.redrive(subject);
    expect(await world.execution(subject)).toMatchObject({ status: 'RUNNING' });
    expect(subject.question?.stuck).toBe(true);
  });

  it('tries by itself after a week in which nobody looked at what stopped it', async () => {
    const subject = await world.open(first);
    subject.faults['open-task'] = [errorNames.permanent];
    await world.answer(subject);
    await world.pass(8 * DAY);
    expect(subject.question).toMatchObject({ stage: first, stuck: false });
  });

  it('goes on in a new run before Step Functions ends the execution after a year, whatever it waits for', async () => {
    const waiting = new Map<string, Subject>();
    for (const stage of asked) waiting.set(stage, await world.open(first));
    await world.pass(349 * DAY);
    for (const [stage, subject] of waiting) await world.answer(subject, stage);
    await world.pass(2 * DAY);
    for (const [stage, subject] of waiting) {
      expect(await world.execution(subject, 1)).toMatchObject({ status: 'SUCCEEDED' });
      expect((await world.states(subject, 1)).at(-1)).toBe('goes on in a new run');
      expect((await world.states(subject, 2)).slice(0, 3)).toEqual(['screening', 'where does it stand?', stage]);
      expect(subject.question).toMatchObject({ stage, stuck: false });
    }
  });

  if (kind === 'insurance') {
    const far = (days: number) => new Date(world.runtime.clock.now() + days * DAY).toISOString();

    it('carries a cover that outlasts the execution on in a new run', async () => {
      const subject = await world.open(first);
      subject.lies.cover = [{ stage: 'active', endingSoonAt: far(400), endsAt: far(403) }];
      await world.answer(subject, 'active');
      await world.pass(351 * DAY);
      expect(subject.run).toBe(2);
      expect((await world.states(subject, 1)).at(-1)).toBe('goes on in a new run');
    });

    it.each([
      ['active', 'cover'],
      ['active: ends soon', 'advance'],
      ['active: ends', 'advance'],
    ])('asks the hub when the step %s cannot be done', async (state, name) => {
      const subject = await world.open(first);
      if (state === 'active: ends') {
        await world.answer(subject, 'active');
        await world.pass(58 * DAY);
      }
      subject.faults[name] = [errorNames.permanent];
      if (subject.stage !== 'active') await world.answer(subject, 'active');
      await world.pass(LONG);
      const states = await world.states(subject);
      expect(states[states.indexOf('stuck') - 1]).toBe(state);
    });

    it('stays with a cover that did not end, and finds one that went elsewhere', async () => {
      const [stays, leaves] = [await world.open('active'), await world.open('active')];
      stays.lies.advance = [{ stage: 'active' }, { stage: 'active' }];
      leaves.lies.advance = [{ stage: 'active' }, { stage: 'rejected' }];
      await world.pass(LONG);
      expect(await world.states(stays)).toContain('active: what next?');
      expect((await world.states(leaves)).slice(-2)).toEqual(['where does it stand?', 'rejected']);
    });
  }

  it('has in these tests gone every way that its definition has', async () => {
    const gone = await world.waysGone();
    const missed = [...waysOf(definitionOf(kind))].filter((way) => !gone.has(way));
    expect(missed).toEqual([]);
  });
});
