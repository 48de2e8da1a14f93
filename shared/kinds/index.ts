import type { Kind } from '../domain/ids.ts';
import type { CaseOf } from './case.ts';
import type { KindOf } from './define.ts';
import { grant } from './grant/kind.ts';
import type { GrantOutcome } from './grant/stages.ts';
import { insurance } from './insurance/kind.ts';
import type { InsuranceOutcome } from './insurance/stages.ts';
import { need } from './need/kind.ts';
import type { NeedOutcome } from './need/stages.ts';

/** What can come of a stage, by kind. */
interface Outcomes {
  readonly need: NeedOutcome;
  readonly grant: GrantOutcome;
  readonly insurance: InsuranceOutcome;
}
export type OutcomeOf<K extends Kind> = Outcomes[K];

/** The kinds of case. What knows all kinds goes by this list; what a kind has of its own lies in its folder. */
export const kindsOfCase: { readonly [K in Kind]: KindOf<CaseOf<K>, OutcomeOf<K>> } = { need, grant, insurance };
