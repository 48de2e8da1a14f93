import { type Acting, type ActingMember, assertMay, type Thing } from '../../shared/answering/acting.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Member } from '../../shared/domain/party.ts';
import type { Action } from '../../shared/domain/permissions.ts';
import type { CaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import type { OperationId } from './operations.ts';

/** One request, as the handlers see it: who calls is known, nothing of the body has been read. */
export interface Call {
  readonly hub: Hub;
  readonly request: Request;
  /** where it came from, for counting */
  readonly address: string;
  /** what stands in the path's places */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** the reader's language */
  readonly language: Language;
  /** where people reach the hub, without a slash at the end */
  readonly base: string;
  /** the operation's action, of which is known that the caller has it in some relation */
  readonly action: Action;
  /** who calls: a member for one party, the holder of the link in the path, or anybody */
  readonly acting: Acting;
  /** what the private link in the path opened */
  readonly file?: CaseFile;
  /** every party that the caller is a member of */
  readonly memberships: readonly Member[];
}

export interface Answer {
  /** 200 unless told */
  readonly status?: 200 | 201;
  /** sent as JSON; a text goes as it is */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Promise<Answer>;
export type Handlers = Readonly<Record<OperationId, Handler>>;

/** The member who calls, for their party. @throws {@link Rejected} `forbidden` for anybody else */
export function actingMember({ acting }: Call): ActingMember {
  if (acting.type !== 'member') throw new Rejected('forbidden');
  return acting;
}

/**
 * What was found, if the caller may do to it what the operation does.
 * @throws {@link Rejected} `not-found`, or `forbidden` where they may see it only
 */
export function permitted<T extends Thing>({ acting, action }: Call, thing: T | undefined): T {
  if (!thing) throw new Rejected('not-found');
  assertMay(acting, action, thing);
  return thing;
}
