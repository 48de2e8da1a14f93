import type { Finding } from '../../domain/case-base.ts';
import type { Kind } from '../../domain/ids.ts';
import type { CaseOf } from '../../kinds/case.ts';
import type { Change, Decided } from '../../kinds/change.ts';
import type { Intake } from '../../kinds/intake.ts';
import type { Hub } from '../../store/hub.ts';
import type { Table } from '../../store/table.ts';

/** What a kind's intake is told beside the body. */
export interface Taking {
  /** a coordinator sends it for an organization: contact and delivery may be found out later */
  readonly onBehalf: boolean;
  /** asked once the body has the right form, before anything costly is read or written; throws to refuse */
  readonly admit: () => Promise<void>;
  /** what is fixed for the new case, and to whom it belongs by the contact's address */
  readonly intakeOf: (input: {
    readonly contact?: { readonly email?: string | undefined } | undefined;
  }) => Promise<Intake>;
  /** from an import: the key under which the same sheet makes the case once */
  readonly importKey: string | undefined;
}

/** What a kind reads and writes around its pure decisions. */
export interface Handling<K extends Kind> {
  /**
   * A new case of what was sent, with all that it rests on.
   * @throws Rejected with a problem for every wrong field
   */
  take(hub: Hub, body: unknown, taking: Taking): Promise<CaseOf<K>>;
  /**
   * What an answer makes of the case, with all that it rests on.
   * @throws Rejected with a problem for every wrong field
   */
  answer(hub: Hub, before: CaseOf<K>, body: unknown, how: Decided): Promise<Change>;
  /** What the automatic checks notice about a case that was just submitted. */
  findings(table: Table, macKeyId: string, subject: CaseOf<K>): Promise<Finding[]>;
}
