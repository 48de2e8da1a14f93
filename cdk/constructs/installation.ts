import type { Bundles } from '../bundle.ts';
import type { Options } from '../options.ts';
import type { Anchors } from './anchors.ts';
import type { CaseTable } from './case-table.ts';
import type { DataKey } from './data-key.ts';
import type { Incoming } from './incoming.ts';
import type { MacKey } from './mac-key.ts';

/** What the constructs of one installation have in common. */
export interface Installation {
  readonly options: Options;
  readonly bundles: Bundles;
  readonly table: CaseTable;
  readonly macKey: MacKey;
  readonly dataKey: DataKey;
  readonly anchors: Anchors;
  readonly incoming: Incoming;
}
