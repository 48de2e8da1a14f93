import type { Edge } from '../edge.ts';
import type { InsuranceStage } from './case.ts';

/** Every legal change of an insurance request's stage. */
export const insuranceLifecycle = [
  { from: 'submitted', to: 'screening', by: 'workflow', on: 'screen' },
  { from: 'screening', to: 'approving', by: 'workflow', on: 'screened' },
  { from: 'approving', to: 'binding', by: 'hub', on: 'approved' },
  { from: 'approving', to: 'changes-requested', by: 'hub', on: 'changes-requested' },
  { from: 'approving', to: 'rejected', by: 'hub', on: 'rejected' },
  { from: 'changes-requested', to: 'approving', by: 'applicant', on: 'resubmitted' },
  { from: 'changes-requested', to: 'withdrawn', by: 'workflow', on: 'expired' },
  { from: 'binding', to: 'active', by: 'insurer', on: 'bound' },
  { from: 'binding', to: 'rejected', by: 'insurer', on: 'rejected' },
  { from: 'active', to: 'closed', by: 'workflow', on: 'ended' },
  { from: 'submitted', to: 'withdrawn', by: 'applicant', on: 'withdrawn' },
  { from: 'screening', to: 'withdrawn', by: 'applicant', on: 'withdrawn' },
  { from: 'approving', to: 'withdrawn', by: 'applicant', on: 'withdrawn' },
  { from: 'changes-requested', to: 'withdrawn', by: 'applicant', on: 'withdrawn' },
  { from: 'binding', to: 'withdrawn', by: 'applicant', on: 'withdrawn' },
] as const satisfies readonly Edge<InsuranceStage>[];
