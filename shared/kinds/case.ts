import * as z from 'zod';
import { GrantCase } from './grant/case.ts';
import { InsuranceCase } from './insurance/case.ts';
import { NeedCase } from './need/case.ts';

/** A case: a need, a grant application or an insurance request, by kind and then by stage. */
export const Case = z.discriminatedUnion('kind', [NeedCase, GrantCase, InsuranceCase]);
export type Case = z.infer<typeof Case>;
export type CaseOf<K extends Case['kind']> = Extract<Case, { kind: K }>;
