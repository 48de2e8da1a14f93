import type { Finding } from '../../domain/case-base.ts';
import type { Kind } from '../../domain/ids.ts';
import type { CaseOf } from '../../kinds/case.ts';
import type { Change, Decided } from '../../kinds/change.ts';
import type { Hub } from '../../store/hub.ts';
import type { Table } from '../../store/table.ts';
import { grant } from './grant.ts';
import type { Handling, Taking } from './handling.ts';
import { insurance } from './insurance.ts';
import { need } from './need.ts';

const handling: { readonly [K in Kind]: Handling<K> } = { need, grant, insurance };

/** A new case of what was sent, see {@link Handling}. */
export function take<K extends Kind>(hub: Hub, kind: K, body: unknown, taking: Taking): Promise<CaseOf<K>> {
  return handling[kind].take(hub, body, taking);
}

/** What an answer makes of a case, see {@link Handling}. */
export function answer<K extends Kind>(hub: Hub, before: CaseOf<K>, body: unknown, how: Decided): Promise<Change> {
  return handling[before.kind].answer(hub, before, body, how);
}

/** What the automatic checks notice about a case, see {@link Handling}. */
export function findingsOf<K extends Kind>(table: Table, macKeyId: string, subject: CaseOf<K>): Promise<Finding[]> {
  return handling[subject.kind].findings(table, macKeyId, subject);
}
