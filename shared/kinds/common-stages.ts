import { applicant } from './define.ts';
import { chasedUntilExpiry, days } from './waits.ts';

/** Where an approval leads that does not approve: back to the applicant, or out. */
export const backOrOut = {
  'changes-requested': ['changes-requested'],
  rejected: ['rejected'],
  withdrawn: ['withdrawn'],
} as const;

/** The stage in which an applicant mends what they sent. */
export const changesAsked = {
  way: 'aside',
  asks: applicant,
  // a week to answer; after ten days the hub telephones, after fourteen nobody is there
  waits: chasedUntilExpiry(days(7), days(3), days(4)),
} as const;
