import type { Description } from '../description.ts';
import { interest, lift, nothing, standIn } from '../examples/conflicts.ts';

const declared = { description: 'The interests that the caller may see', schema: 'InterestList' } as const;
const kept = { description: 'Whom what the applicant typed keeps from the case', schema: 'BarList' } as const;
const board = { description: 'Who stands in for whom, and who could', schema: 'StandInBoard' } as const;

export const conflicts = {
  listInterests: {
    tag: 'cases',
    summary: 'Declared interests in a case',
    description: 'One’s own; for who leads, those of their people; for auditors, all.',
    answer: declared,
  },
  declareInterest: {
    tag: 'cases',
    summary: 'Declare an interest in a case',
    description:
      'From then on the caller may answer nothing about it, nor, when `standing`, about any case of the organization. What was open to them goes to their colleagues, or, when none is left, to who leads. Said again, nothing changes.',
    body: { content: { 'application/json': { schema: ['InterestInput'], examples: interest } } },
    answer: declared,
    refusals: ['membership-ended'],
  },
  retractInterest: {
    tag: 'cases',
    summary: 'Take back an interest that was declared by mistake',
    description: 'By who leads, never by whoever declared it. Both stay on record.',
    body: { optional: true, content: { 'application/json': { schema: ['Nothing'], examples: nothing } } },
    answer: declared,
    refusals: ['interest-declared', 'membership-ended'],
  },
  listBars: {
    tag: 'cases',
    summary: 'Whom what the applicant typed keeps from a case',
    description:
      'By the contact’s address, or the organization’s name, which nobody confirmed. For who leads those people, auditors, and whoever may agree to lift it.',
    answer: kept,
  },
  liftBar: {
    tag: 'cases',
    summary: 'Lift that with a second person',
    description:
      'Who leads the party asks; another person of the party does the same and so agrees, each with a reason. From then on the colleague may answer. Never by whoever is kept away.',
    body: { content: { 'application/json': { schema: ['LiftInput'], examples: lift } } },
    answer: kept,
    refusals: ['same-person', 'both-sides', 'interest-declared', 'membership-ended'],
  },
  listStandIns: { tag: 'people', summary: 'Stand-ins in the caller’s party, today and later', answer: board },
  nameStandIn: {
    tag: 'people',
    summary: 'Name a colleague to answer in one’s place',
    description:
      'From `from` to `to`, both days included; `standIn` is a colleague’s id. The stand-in may answer what the caller may, and decisions carry both names.',
    body: { content: { 'application/json': { schema: ['StandInInput'], examples: standIn } } },
    answer: board,
    refusals: ['stand-in-overlaps', 'membership-ended'],
  },
  revokeStandIn: {
    tag: 'people',
    summary: 'Revoke a stand-in',
    description: 'By who named them, or who leads the party; at once.',
    body: { optional: true, content: { 'application/json': { schema: ['Nothing'], examples: nothing } } },
    answer: board,
    refusals: ['membership-ended'],
  },
} as const satisfies Record<string, Description>;
