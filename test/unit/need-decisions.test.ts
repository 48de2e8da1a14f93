import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdingOf } from '../../cdk/cli/audit/case-chain.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import { newCaseId, OfferId, PartyId } from '../../shared/domain/ids.ts';
import type { Change } from '../../shared/kinds/change.ts';
import { amendAmounts } from '../../shared/kinds/need/amend-amounts.ts';
import { decideNeed } from '../../shared/kinds/need/decide.ts';
import type { NeedLine } from '../../shared/kinds/need/line.ts';
import { withdraw } from '../../shared/kinds/withdraw.ts';
import { aLine, aMember, aNeed, aNeedInApproval, aNeedInTransit } from '../factory/cases.ts';

const how = { actor: aMember(), now: '2020-02-02T08:00:00.000Z' };
const context = { childId: newCaseId('need') };

const lines = fc
  .array(fc.option(fc.integer({ min: 1, max: 1_000_000 })), { minLength: 1, maxLength: 12 })
  .map((quantities) => quantities.map((quantity, index) => aLine({ id: `L${index + 1}`, quantity })));

function linesOf(change: Change): NeedLine[] {
  return change.after.kind === 'need' ? change.after.lines : [];
}

function childLines(change: Change): NeedLine[] {
  return change.children.flatMap((child) => (child.kind === 'need' ? child.lines : []));
}

function codesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof Rejected)
      return error.fields.length > 0 ? error.fields.map((field) => field.code) : [error.code];
    throw error;
  }
  return [];
}

describe('approving part of a need', () => {
  it('leaves nothing behind: what is given and what goes on add up to what was asked, line by line', () => {
    fc.assert(
      fc.property(lines, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (asked, shares) => {
        const given = asked.map((line) => {
          const share = shares.next().value;
          return { line: line.id, quantity: Math.floor(share * (line.quantity ?? 500)) };
        });
        fc.pre(given.some((line) => line.quantity > 0));
        const change = decideNeed(aNeedInApproval(asked), { outcome: 'approved', lines: given }, how, context);
        const kept = new Map(linesOf(change).map((line) => [line.id, line.approved ?? 0]));
        const goesOn = new Map(childLines(change).map((line) => [line.id, line.quantity]));
        for (const line of asked) {
          if (line.quantity === null) expect(goesOn.get(line.id)).toBeNull();
          else expect((kept.get(line.id) ?? 0) + (goesOn.get(line.id) ?? 0)).toBe(line.quantity);
        }
      }),
    );
  });

  it('makes no linked need when everything is given', () => {
    const change = decideNeed(aNeedInApproval(), { outcome: 'approved' }, how, context);
    expect(change.children).toEqual([]);
    expect(linesOf(change)).toMatchObject([{ approved: 100 }]);
  });

  it('keeps a line of unknown amount open until the applicant says how much or enough', () => {
    const change = decideNeed(
      aNeedInApproval([aLine({ quantity: null })]),
      { outcome: 'approved', lines: [{ line: 'L1', quantity: 50 }] },
      how,
      context,
    );
    expect(childLines(change)).toMatchObject([{ id: 'L1', quantity: null }]);
  });

  it('gives nothing for a line of which the applicant said that it is enough, when the donor gives all that is asked', () => {
    const before = aNeedInApproval([aLine(), aLine({ id: 'L2', item: '手套', enough: true })]);
    const given = linesOf(decideNeed(before, { outcome: 'approved' }, how, context));
    expect(given.map(({ id, approved }) => [id, approved])).toEqual([['L1', 100]]);
  });

  it('refuses more than was asked for, a line that is not there, and giving nothing', () => {
    const approve = (given: { line: string; quantity: number }[]) => () =>
      decideNeed(aNeedInApproval(), { outcome: 'approved', lines: given }, how, context);
    expect(codesOf(approve([{ line: 'L1', quantity: 101 }]))).toEqual(['too-big']);
    expect(codesOf(approve([{ line: 'L9', quantity: 1 }]))).toEqual(['not-a-choice']);
    expect(codesOf(approve([{ line: 'L1', quantity: 0 }]))).toEqual(['nothing-given']);
    expect(
      codesOf(() => decideNeed(aNeedInApproval([aLine({ quantity: null })]), { outcome: 'approved' }, how, context)),
    ).toEqual(['nothing-given']);
  });

  it('takes what was given from the offer, and refuses more than the offer has', () => {
    const offer = 'masks-offer' as never;
    const matched = { ...aNeedInApproval(), donor: { party: PartyId.parse('river-foundation'), name: '长河', offer } };
    const change = decideNeed(matched, { outcome: 'approved' }, how, context);
    expect(change.offer).toEqual({ offer, by: -100 });
  });
});

describe('confirming what arrived', () => {
  it('sends what is missing on as a linked need', () => {
    const change = decideNeed(
      aNeedInTransit(),
      { outcome: 'confirmed', lines: [{ line: 'L1', received: 60 }] },
      how,
      context,
    );
    expect(linesOf(change)).toMatchObject([{ received: 60 }]);
    expect(childLines(change)).toMatchObject([{ quantity: 40 }]);
  });

  it('keeps in the linked need what the applicant agreed to: it has their data too', () => {
    const consent = { version: presentConsent, at: how.now, how: 'form' } as const;
    const lines = [{ line: 'L1', received: 60 }];
    const change = decideNeed({ ...aNeedInTransit(), consent }, { outcome: 'confirmed', lines }, how, context);
    expect(change.children).toMatchObject([{ consent }]);
  });

  it('takes no answer for a line as "all of it arrived"', () => {
    const change = decideNeed(aNeedInTransit(), { outcome: 'confirmed' }, how, context);
    expect(linesOf(change)).toMatchObject([{ received: 100 }]);
    expect(change.children).toEqual([]);
  });

  it('does not send on what the applicant no longer needs', () => {
    const change = decideNeed(
      aNeedInTransit(),
      { outcome: 'confirmed', lines: [{ line: 'L1', received: 60, enough: true }] },
      how,
      context,
    );
    expect(change.children).toEqual([]);
  });
});

describe('goods that were promised or sent and do not come', () => {
  const offer = OfferId.parse('0123456789');
  const donor = { party: PartyId.parse('river-foundation'), name: '长河', offer };
  const sent = [
    aLine({ approved: 60, dispatched: 60 }),
    aLine({ id: 'L2', item: '手套', quantity: null, approved: 40, dispatched: 40 }),
  ];
  const promised = { ...aNeedInApproval(sent), stage: 'dispatching' as const, donor };
  const again = [
    { id: 'L1', quantity: 60 },
    { id: 'L2', quantity: 40 },
  ];

  it('are the offer’s again when nothing was sent, and the need looks for another donor', () => {
    const change = decideNeed(promised, { outcome: 'called-off', reason: '已另作安排' }, how, context);
    expect(change.after.stage).toBe('matching');
    expect(change.offer).toEqual({ offer, by: 100 });
    expect(linesOf(change)).toMatchObject(again);
    expect(JSON.stringify(linesOf(change))).not.toMatch(/approved|dispatched/);
    expect('donor' in change.after).toBe(false);
  });

  it('are the offer’s again when the applicant withdraws before they are sent', () => {
    const change = withdraw(promised, how);
    expect(change).toMatchObject({ after: { stage: 'withdrawn' }, offer: { offer, by: 100 } });
    // as the audit counts what cases have of an offer
    expect(holdingOf({ pk: '', sk: '', data: promised })?.figures.reserved).toBe(100);
    expect(holdingOf({ pk: '', sk: '', data: change.after })?.figures.reserved).toBe(0);
    expect(() => withdraw(aNeedInTransit(sent), how)).toThrow(Rejected);
  });

  it.each(['called-off', 'not-arrived'] as const)('go on as a linked need when they were sent: %s', (outcome) => {
    for (const stage of ['in-transit', 'confirming'] as const) {
      const change = decideNeed({ ...aNeedInTransit(sent), stage, donor }, { outcome, reason: '车坏了' }, how, context);
      // what was sent stays known, for whoever looks for it
      expect(change.after).toMatchObject({ stage: 'undelivered', closedAt: how.now, consignment: { carrier: '物流' } });
      expect(change.offer).toBeUndefined();
      expect(childLines(change)).toMatchObject(again);
      expect(change.children).toMatchObject([{ stage: 'matching', parent: change.after.id }]);
    }
  });
});

describe('the day on which goods are expected', () => {
  const sentFor = (expectedOn: string) => () =>
    decideNeed(
      { ...aNeedInApproval(), stage: 'dispatching' },
      { outcome: 'dispatched', carrier: '快运', expectedOn },
      how,
      context,
    );

  it('is neither over when they are sent, nor so far that nobody would be asked whether they came', () => {
    expect(codesOf(sentFor('2020-02-01'))).toEqual(['in-the-past']);
    expect(codesOf(sentFor('2062-02-05'))).toEqual(['too-late']);
    for (const day of ['2020-02-02', '2020-02-05', '2020-05-02']) expect(codesOf(sentFor(day)), day).toEqual([]);
  });
});

describe('a decision on a need', () => {
  it('is refused in a stage that does not ask for it', () => {
    expect(codesOf(() => decideNeed(aNeed('verifying'), { outcome: 'approved' }, how, context))).toEqual([
      'not-a-choice',
    ]);
    expect(codesOf(() => decideNeed(aNeedInTransit(), { outcome: 'verified' }, how, context))).toEqual([
      'not-a-choice',
    ]);
  });

  it('keeps what a sheet told of a line that still asks for the same, and its words until there is an amount', () => {
    const told = { dailyUse: 800, onHand: 1500, written: '若干' };
    const before = aNeed('verifying', [aLine({ quantity: null, ...told })]);
    const asked = decideNeed(before, { outcome: 'changes-requested', reason: '请补充' }, how, context).after;
    const { item, unit } = before.lines[0] ?? aLine();
    const sent = (quantity: number | null) =>
      linesOf(
        decideNeed(
          asked.kind === 'need' ? asked : before,
          {
            outcome: 'resubmitted',
            changes: {
              lines: [
                { item, quantity, unit },
                { item: '另一种', quantity: 1 },
              ],
            },
          },
          how,
          context,
        ),
      );
    expect(sent(null)[0]).toMatchObject(told);
    expect(sent(500)[0]).toMatchObject({ quantity: 500, dailyUse: 800, onHand: 1500 });
    expect([sent(500)[0]?.written, sent(500)[1]?.onHand]).toEqual([undefined, undefined]);
  });

  it('brings a need back to where changes were requested', () => {
    const asked = decideNeed(aNeedInApproval(), { outcome: 'changes-requested', reason: '请补充' }, how, context).after;
    if (asked.kind !== 'need') throw new Error('no need');
    const back = decideNeed(asked, { outcome: 'resubmitted', changes: { note: '已补充' } }, how, context).after;
    expect(back).toMatchObject({ stage: 'approving', note: '已补充', donor: { party: 'river-foundation' } });
  });

  it('keeps who decided and why', () => {
    const { after } = decideNeed(
      aNeed('verifying'),
      { outcome: 'rejected', reason: '重复' },
      { ...how, reason: '重复' },
      context,
    );
    expect(after.decisions).toMatchObject([
      { stage: 'verifying', outcome: 'rejected', reason: '重复', by: { member: 'somebody' } },
    ]);
  });

  it('takes amounts that were found out while verifying', () => {
    const { after } = decideNeed(
      aNeed('verifying', [aLine({ quantity: null })]),
      { outcome: 'verified', lines: [{ line: 'L1', quantity: 70 }] },
      how,
      context,
    );
    expect(after).toMatchObject({ stage: 'matching', lines: [{ quantity: 70 }] });
  });
});

describe('what the applicant can do with a need', () => {
  it('closes it when they say that every line is enough', () => {
    const change = amendAmounts(matching(), [{ line: 'L1', enough: true }], how);
    expect(change.after.stage).toBe('closed');
  });

  it('stays where it is when they only give a number', () => {
    const change = amendAmounts(matching(), [{ line: 'L1', quantity: 30 }], how);
    expect(change.after).toMatchObject({ stage: 'matching', lines: [{ quantity: 30 }] });
  });

  it('cannot be withdrawn once the goods are on their way', () => {
    expect(codesOf(() => withdraw(aNeedInTransit(), how))).toEqual(['stage-changed']);
  });

  function matching() {
    const subject = aNeed('matching', [aLine({ quantity: null })]);
    if (subject.kind !== 'need') throw new Error('no need');
    return subject;
  }
});
