import type { Hub } from '../../shared/cases/hub.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Member } from '../../shared/domain/party.ts';
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
  /** whether the call came with a valid token */
  readonly signedIn: boolean;
  /** what the caller is a member of; only the party that `Jieli-Party` names, when the call names one */
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

/**
 * The membership in which the caller acts: the first that fits what they do, else their first.
 * @throws {@link Rejected} `forbidden` when they are a member of nothing
 */
export function memberFor(call: Call, fits: (member: Member) => boolean = () => true): Member {
  const member = call.memberships.find(fits) ?? call.memberships[0];
  if (!member) throw new Rejected('forbidden');
  return member;
}

/** The membership that fits, for what others may not even see. @throws {@link Rejected} `forbidden` */
export function onlyMember(call: Call, fits: (member: Member) => boolean): Member {
  const member = call.memberships.find(fits);
  if (!member) throw new Rejected('forbidden');
  return member;
}
