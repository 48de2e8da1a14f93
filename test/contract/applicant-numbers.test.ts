import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSite } from '../../functions/site/app.tsx';
import { openTask } from '../../functions/stages/open-task/open-task.ts';
import { handOver } from '../../shared/answering/hand-over.ts';
import { noteEvent, writeByWorkflow } from '../../shared/answering/write-by-workflow.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { secretOf } from '../../shared/case/track.ts';
import { noteUndelivered, noteUnreached, resumeMail } from '../../shared/case/undelivered.ts';
import { type Kind, kinds, MemberId, stuckTaskIdFor } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import { removeMember } from '../../shared/people/members.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import { answer, by, openProgramme, person, submitted, taskOf } from '../factory/hub.ts';
import { noFiles } from '../fake/no-files.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
let site: ReturnType<typeof createSite>;
let member: Reader;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  stand = await startConsole();
  site = createSite({ hub: stand.hub, incoming: noFiles });
  member = await stand.as('org-manager');
  await openProgramme(stand.hub, { id: 'fund' });
});
afterAll(() => stand.stop());

const now = async ({ id }: Case) => (await readCase(stand.hub.table, id)) ?? expect.fail(id);

/** A case of an organization with an account, whose contact is who it says, after its first question was put. */
async function asked(kind: Kind, email = 'office@river-hospital.test'): Promise<Case> {
  const contact = { name: '某某', phone: '027-0000 1234', email };
  const { id } = await submitted(stand.hub, kind, { contact }, { member: person('org-manager') });
  return stand.carryOn(id);
}

/** Everything that who asks is given, by the private link and by the organization's account, at every door. */
async function seen(subject: Case): Promise<string[]> {
  const secret = await secretOf(stand.hub, subject);
  const pages = ['zh', 'en'].map(async (language) => {
    const page = await site.request(`http://hub.test/track/${secret}`, { headers: { 'accept-language': language } });
    return page.text();
  });
  const texts = [
    (await stand.api('GET', `/track/${secret}`)).text,
    (await stand.api('GET', `/cases/${subject.id}`, { as: 'org-manager' })).text,
    (await stand.api('GET', '/cases', { as: 'org-manager' })).text.slice(0, 1000),
    (await stand.api('GET', '/tasks', { as: 'org-manager' })).text,
    (await member.get(`/console/cases/${subject.id}`)).html,
    (await member.get('/console/requests')).html,
    ...(await Promise.all(pages)),
  ];
  return texts.map((text) => text.replaceAll(/name="(once|csrf)" value="[^"]*"/g, 'TOKEN'));
}

/** What happens to a case that who asked is not told of. */
const hidden: Readonly<Record<string, (subject: Case) => Promise<unknown>>> = {
  'mail that does not arrive': ({ id }) => noteUndelivered(stand.hub.table, id, 'bounced'),
  'mail to a member that does not arrive': ({ id }) =>
    noteUnreached(stand.hub.table, id, MemberId.parse('hub-lead'), { why: 'bounced', isNews: true }),
  'mail that goes out again': async ({ id }) => {
    await noteUndelivered(stand.hub.table, id, 'bounced');
    await resumeMail(stand.hub, id, by('hub-coordinator'));
  },
  'a workflow that is started again': (subject) =>
    writeByWorkflow(stand.hub.table, noteEvent(subject, { type: 'nudged', at: instant(Date.now()), run: subject.run })),
  'a workflow that stands still, and is mended': async (subject) => {
    const { id: caseId, stage } = subject;
    await openTask(stand.hub.table, { caseId, stage, taskToken: 'stuck', dueSeconds: 9000, stuck: true });
    await decideTask(stand.hub, stuckTaskIdFor(subject, 1), { outcome: 'resumed' }, by('hub-coordinator'));
  },
};

/** Numbers of what happened and of the questions, as the API gives them to who has the link. */
async function numbersOf(subject: Case): Promise<{ history: number[]; tasks: string[] }> {
  const { text } = await stand.api('GET', `/track/${await secretOf(stand.hub, subject)}`);
  const { history, tasks } = JSON.parse(text);
  return {
    history: history.map(({ version }: { version: number }) => version),
    tasks: tasks.map(({ id }: { id: string }) => id.replace(`${subject.id}-`, '')),
  };
}

describe('whoever asks sees no sign of what is not shown to them', () => {
  describe.each(Object.entries(hidden))('%s', (_, happens) => {
    it.each(kinds)('leaves all that is shown of a %s as it was, byte for byte', async (kind) => {
      const subject = await asked(kind);
      const before = await seen(subject);
      await happens(subject);
      expect((await now(subject)).version).toBeGreaterThan(subject.version);
      expect(await seen(subject)).toEqual(before);
    });

    it('and gives what comes after it the numbers that it would have had', async () => {
      const [without, subject] = [await asked('need'), await asked('need')];
      await happens(subject);
      for (const one of [without, subject]) {
        await answer(stand.hub, await now(one));
        await stand.carryOn(one.id);
      }
      const numbers = await numbersOf(subject);
      expect(numbers).toEqual(await numbersOf(without));
      expect(numbers.history).toEqual(numbers.history.map((_one, index) => index + 1));
      expect(numbers.tasks).toHaveLength(2);
    });
  });

  it('a workflow that stands still is nobody’s question to them', async () => {
    const subject = await asked('need');
    const before = await seen(subject);
    const { id: caseId, stage } = subject;
    await openTask(stand.hub.table, { caseId, stage, taskToken: 'stuck', dueSeconds: 9000, stuck: true });
    expect(await seen(subject)).toEqual(before);
  });
});

describe('whoever types the address of somebody who decides', () => {
  /** An insurer's second person, who has the address that the contact of a case has. */
  async function joins(id: string): Promise<string> {
    const email = `${id}@example.org`;
    await enterMember(stand.hub.table, { ...person('insurer'), id: MemberId.parse(id), email });
    return email;
  }

  it('sees the same numbers as who typed nobody’s', async () => {
    const email = await joins('insurer-two');
    const [barred, free] = [await asked('insurance', email), await asked('insurance')];
    for (const one of [barred, free]) {
      await answer(stand.hub, one);
      await stand.carryOn(one.id);
    }
    const { events } = (await readCaseFile(stand.hub.table, barred.id)) ?? expect.fail(barred.id);
    expect(events.map(({ type }) => type)).toContain('barred');
    expect(await numbersOf(barred)).toEqual(await numbersOf(free));
  });

  it.each([
    ['who is at the desk', 'insurer-three', ['insurer', 'insurer-two']],
    ['who comes to the desk later', 'insurer-four', ['insurer-three']],
  ])('sees no sign, where it is %s, that it is asked elsewhere since', async (_, id, others) => {
    const early = id === 'insurer-three' && (await joins(id));
    const subject = await asked('insurance', early || `${id}@example.org`);
    await answer(stand.hub, subject);
    await stand.carryOn(subject.id);
    const before = await seen(subject);
    if (!early) await joins(id);
    for (const one of others)
      await removeMember(stand.hub.table, { ...person('insurer'), id: MemberId.parse(id) }, one, { reason: '离职' });
    await handOver(stand.hub.table, subject.id);
    const file = (await readCaseFile(stand.hub.table, subject.id)) ?? expect.fail(subject.id);
    expect(file.tasks.find((task) => task.id === taskOf(file.subject))?.assignee).toMatchObject({ party: 'hub' });
    expect(file.subject.bars).toMatchObject([{ member: id, by: 'contact' }]);
    expect(await seen(subject)).toEqual(before);
  });
});
