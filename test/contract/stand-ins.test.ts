import { describe, expect, it } from 'vitest';
import { declareInterest } from '../../shared/answering/interests.ts';
import { nameStandIn, revokeStandIn, standInBoard } from '../../shared/answering/stand-ins.ts';
import { decideTask } from '../../shared/case/decide.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { readTask } from '../../shared/store/tasks.ts';
import { carryOn } from '../engine/carry-on.ts';
import { withFundedHub } from '../engine/funded-hub.ts';
import { aCaseIn, day, person, straightAnswers, taskOf } from '../factory/hub.ts';

let hub: Hub;
withFundedHub((made) => {
  hub = made;
});

const acting = (who: string) => ({ type: 'member', member: person(who) }) as const;

async function keyOf(who: string, of: string): Promise<string> {
  const found = (await standInBoard(hub.table, acting(of))).colleagues.find(({ name }) => name === `Name of ${who}`);
  if (!found) throw new Error(`${who} is no colleague`);
  return found.id;
}

async function names(who: string, standIn: string, from = day(0), to = day(3)): Promise<string> {
  return nameStandIn(hub.table, { standIn: await keyOf(standIn, who), from, to }, acting(who), 'console');
}

async function whileAway(who: string, standIn: string, does: () => Promise<void>): Promise<void> {
  const id = await names(who, standIn);
  try {
    await does();
  } finally {
    await revokeStandIn(hub.table, id, acting(who), 'console').catch(() => undefined);
  }
}

const decide = (subject: Case, who: string, body = straightAnswers[subject.kind][subject.stage]?.body) =>
  decideTask(hub, taskOf(subject), body, acting(who));

let organizations = 0;
const own = () => ({ organization: `代理示例 ${++organizations}` });
const large = () => ({ ...own(), budget: [{ description: '油费', amount: 400_000 }] });

describe('a stand-in', () => {
  it('answers in the other’s place, with both names on what is decided', async () => {
    await whileAway('funder-approver', 'funder-finance', async () => {
      const subject = await aCaseIn(hub, 'grant', 'approving', own());
      const after = await decide(subject, 'funder-finance');
      expect(after).toMatchObject({ stage: 'agreement' });
      const by = { type: 'member', member: 'funder-finance', party: 'river-foundation', standInFor: 'funder-approver' };
      expect(after.decisions.at(-1)).toMatchObject({
        by,
        name: 'Name of funder-finance',
        inPlaceOf: 'Name of funder-approver',
      });
      expect((await readCaseFile(hub.table, subject.id))?.events.at(-1)).toMatchObject({ by });
      expect(await readTask(hub.table, taskOf(subject))).toMatchObject({
        closedBy: by,
        closedByName: 'Name of funder-finance',
        closedInPlaceOf: 'Name of funder-approver',
      });
      await expect(decide(subject, 'funder-second-approver')).rejects.toMatchObject({
        code: 'already-decided',
        params: { by: 'Name of funder-finance', inPlaceOf: 'Name of funder-approver' },
      });
    });
  });

  it('may do what the other may and no more, and answers in their own name where they may themself', async () => {
    await whileAway('funder-reviewer', 'funder-finance', async () => {
      const approving = await aCaseIn(hub, 'grant', 'approving', own());
      await expect(decide(approving, 'funder-finance')).rejects.toMatchObject({ code: 'forbidden' });
    });
    await whileAway('funder-approver', 'funder-second-approver', async () => {
      const subject = await aCaseIn(hub, 'grant', 'approving', own());
      expect((await decide(subject, 'funder-second-approver')).decisions.at(-1)?.by).not.toHaveProperty('standInFor');
    });
  });

  it('passes nothing on: who stands in for the stand-in gets the stand-in’s own', async () => {
    await whileAway('funder-approver', 'funder-finance', () =>
      whileAway('funder-finance', 'funder-reviewer', async () => {
        const subject = await aCaseIn(hub, 'grant', 'approving', own());
        await expect(decide(subject, 'funder-reviewer')).rejects.toMatchObject({ code: 'forbidden' });
      }),
    );
  });

  it('counts as both people where two are needed, before and after', async () => {
    await whileAway('funder-approver', 'funder-finance', async () => {
      const subject = await aCaseIn(hub, 'grant', 'approving', large());
      await decide(subject, 'funder-finance');
      const second = await carryOn(hub, subject.id);
      expect(second.stage).toBe('second-approval');
      for (const who of ['funder-approver', 'funder-finance'])
        await expect(decide(second, who)).rejects.toMatchObject({ code: 'same-person' });
      expect(await decide(second, 'funder-second-approver')).toMatchObject({ stage: 'agreement' });
    });
    await whileAway('funder-second-approver', 'funder-reviewer', async () => {
      const subject = await aCaseIn(hub, 'grant', 'second-approval', large());
      // they recommended it themself
      await expect(decide(subject, 'funder-reviewer')).rejects.toMatchObject({ code: 'same-person' });
    });
  });

  it('does not act where either has an interest', async () => {
    await whileAway('funder-approver', 'funder-finance', async () => {
      for (const who of ['funder-approver', 'funder-finance']) {
        const subject = await aCaseIn(hub, 'grant', 'approving', own());
        await declareInterest(hub, subject.id, { reason: 'money' }, acting(who));
        await expect(decide(subject, 'funder-finance')).rejects.toMatchObject({ code: 'interest-declared' });
      }
    });
  });

  it('for two of a desk, of whom one must keep away, answers in the place of the other', async () => {
    await whileAway('funder-approver', 'funder-finance', () =>
      whileAway('funder-second-approver', 'funder-finance', async () => {
        for (const barred of ['funder-approver', 'funder-second-approver']) {
          const subject = await aCaseIn(hub, 'grant', 'approving', own());
          await declareInterest(hub, subject.id, { reason: 'money' }, acting(barred));
          const after = await decide(subject, 'funder-finance');
          expect(after.decisions.at(-1)?.by).toMatchObject({ member: 'funder-finance' });
          expect(after.decisions.at(-1)?.by).not.toMatchObject({ standInFor: barred });
        }
      }),
    );
  });

  it('may nothing before the first day, and nothing once it is revoked, by who is away or who leads', async () => {
    const subject = await aCaseIn(hub, 'grant', 'approving', own());
    const later = await names('funder-second-approver', 'funder-finance', day(1), day(2));
    await expect(decide(subject, 'funder-finance')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revokeStandIn(hub.table, later, acting('funder-finance'), 'console')).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(revokeStandIn(hub.table, later, acting('hub-lead'), 'console')).rejects.toMatchObject({
      code: 'not-found',
    });
    // the programme manager leads the funder
    await revokeStandIn(hub.table, later, acting('funder-approver'), 'console');
    const now = await names('funder-second-approver', 'funder-finance');
    await revokeStandIn(hub.table, now, acting('funder-second-approver'), 'console');
    await expect(decide(subject, 'funder-finance')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revokeStandIn(hub.table, now, acting('funder-second-approver'), 'console')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('naming one', () => {
  it('is for those who decide, and among colleagues', async () => {
    const others = (await standInBoard(hub.table, acting('hub-lead'))).colleagues;
    expect(others.map(({ name }) => name)).toEqual(['Name of hub-coordinator']);
    const body = { standIn: others[0]?.id, from: day(0), to: day(1) };
    await expect(nameStandIn(hub.table, body, acting('funder-approver'), 'api')).rejects.toMatchObject({
      fields: [{ pointer: '/standIn', code: 'not-a-choice' }],
    });
    for (const who of ['org-manager', 'auditor', 'operator'])
      await expect(standInBoard(hub.table, acting(who))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('for the same days twice at once makes one, and the other is told of it', async () => {
    const both = await Promise.allSettled([
      names('funder-approver', 'funder-finance', day(10), day(14)),
      names('funder-approver', 'funder-reviewer', day(14), day(16)),
    ]);
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toMatchObject([{ code: 'stand-in-overlaps', params: { from: expect.any(String) } }]);
    const board = await standInBoard(hub.table, acting('funder-approver'));
    expect(board.standIns.filter(({ member }) => member === 'Name of funder-approver')).toHaveLength(1);
  });

  it('again under the same key names nobody twice', async () => {
    const body = { standIn: await keyOf('funder-finance', 'many-roles'), from: day(0), to: day(1) };
    const once = { scope: 'member many-roles', key: 'k', request: body };
    const name = () => nameStandIn(hub.table, body, acting('many-roles'), 'api', once);
    const [first, second] = await Promise.all([name(), name()]);
    const board = await standInBoard(hub.table, acting('many-roles'));
    expect(board.standIns.filter(({ member }) => member === 'Name of many-roles')).toHaveLength(1);
    expect(await name()).toBe(board.standIns.find(({ member }) => member === 'Name of many-roles')?.id);
    expect([first, second]).toContain(await name());
  });
});
