import type { Kind } from '../domain/ids.ts';
import type { Stage } from './case.ts';
import type { Edge } from './edge.ts';
import { grantLifecycle } from './grant/lifecycle.ts';
import { insuranceLifecycle } from './insurance/lifecycle.ts';
import { needLifecycle } from './need/lifecycle.ts';

export type { Edge } from './edge.ts';

/**
 * The one table, a lifecycle a kind, that drives what is legal: the condition on a write, the buttons a person sees,
 * the picture of the process and the branches of the workflow.
 */
export const lifecycles: Readonly<Record<Kind, readonly Edge<Stage>[]>> = {
  need: needLifecycle,
  grant: grantLifecycle,
  insurance: insuranceLifecycle,
};

/** The stages in which nothing more happens. */
export const endStages: ReadonlySet<string> = new Set([
  'closed',
  'rejected',
  'withdrawn',
  'expired',
  'merged',
  'lapsed',
]);

/** The stages of a kind along its straight way, for the picture. `changes-requested` is a detour and not part of it. */
export const straightWay = {
  need: [
    'submitted',
    'screening',
    'verifying',
    'matching',
    'approving',
    'dispatching',
    'in-transit',
    'confirming',
    'reporting',
    'closed',
  ],
  grant: [
    'submitted',
    'screening',
    'reviewing',
    'approving',
    'second-approval',
    'agreement',
    'disbursing',
    'delivering',
    'reporting',
    'closed',
  ],
  insurance: ['submitted', 'screening', 'approving', 'binding', 'active', 'closed'],
} as const satisfies Record<Kind, readonly Stage[]>;

/** All stages of a kind, in the order in which its lifecycle names them. */
export function stagesOf(kind: Kind): readonly Stage[] {
  return [...new Set(lifecycles[kind].flatMap((edge) => [edge.from, edge.to]))];
}

export function edgesFrom(kind: Kind, stage: string): readonly Edge<Stage>[] {
  return lifecycles[kind].filter((edge) => edge.from === stage);
}

/** What a person may answer when the case is in this stage, in the order of the buttons; withdrawing is not an answer. */
export function outcomesOf(kind: Kind, stage: string): readonly string[] {
  const outcomes = edgesFrom(kind, stage)
    .filter((edge) => edge.by !== 'workflow' && edge.on !== 'withdrawn' && edge.on !== 'enough')
    .map((edge) => edge.on);
  return [...new Set(outcomes)];
}

/** Whether the lifecycle knows this change. */
export function isLegal(kind: Kind, from: string, on: string, to: string): boolean {
  return lifecycles[kind].some((edge) => edge.from === from && edge.on === on && edge.to === to);
}
