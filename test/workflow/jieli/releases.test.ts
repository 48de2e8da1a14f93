import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../../shared/domain/ids.ts';
import { advanceActions } from '../../../shared/domain/workflow/contract.ts';
import { beginsAnew, edgesFrom, endStages, stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { definitionIn } from './definitions.ts';
import { DAY, openWorld } from './world.ts';

const releases = join(import.meta.dirname, '../../golden/releases');

/** Days after which every workflow has done about silence whatever it does: reminded, escalated, expired, begun a new run. */
const LONG = 360;

// a case goes on under the definition that its run began with, up to a year
describe.each(readdirSync(releases))('the definitions of %s', (release) => {
  // a kind that came later has no run from then
  it.each(kinds.filter((kind) => existsSync(join(releases, release, `${kind}.json`))))(
    'send today’s functions of a %s nothing that these do not take, in whichever stage it stands',
    async (kind) => {
      const definition = readFileSync(join(releases, release, `${kind}.json`), 'utf8');
      const isKnown = (stage: string) => stage === 'submitted' || Object.hasOwn(definitionIn(definition).States, stage);
      const world = await openWorld(kind, definition);
      try {
        const done = new Set<string>();
        for (const stage of stagesOf(kind).filter(isKnown)) {
          const silent = await world.open(stage);
          const moved = await world.open(stage);
          const ways = edgesFrom(kind, stage).filter(({ by }) => by !== 'workflow');
          const next = ways.find(({ to }) => isKnown(to));
          // where it does not know the stage the run ends, and a new one begins under today's definition
          for (const { to } of ways.filter((way) => !isKnown(way.to))) {
            expect({ stage, to, anew: beginsAnew(kind, stage, to) }).toEqual({ stage, to, anew: true });
            const ended = await world.open(stage);
            await world.answerWith(ended, { stage: to, renewed: true });
            expect((await world.execution(ended)).status).toBe('SUCCEEDED');
          }
          if (moved.question && next) await world.answer(moved, next.to);
          await world.pass(LONG * DAY);
          for (const subject of [silent, moved]) {
            for (const { action } of subject.done) done.add(action);
            // one that a function refused would wait for the hub, or have failed
            expect({ stage, stuck: subject.question?.stuck ?? false }).toEqual({ stage, stuck: false });
            expect(['RUNNING', 'SUCCEEDED']).toContain((await world.execution(subject)).status);
            if (endStages.has(subject.stage)) expect((await world.execution(subject)).status).toBe('SUCCEEDED');
          }
          await world.stopAll();
        }
        expect([...done].every((action) => advanceActions.some((each) => each === action))).toBe(true);
        expect(done).toContain('remind');
        expect(done).toContain('renew');
      } finally {
        await world.close();
      }
    },
  );
});
