import type * as z from 'zod';
import { type Acting, type ActingMember, assertMay, type Thing } from '../../shared/answering/acting.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Member } from '../../shared/domain/party.ts';
import type { Action } from '../../shared/domain/permissions.ts';
import type { CaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';

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
  /** The JSON that was sent, not yet checked. @throws {@link Rejected} as `readJson` in `body.ts` does */
  readonly json: () => Promise<unknown>;
  /** The OpenAPI document, made when it is asked for. */
  readonly document: () => unknown;
}

/** What can stand in the places of a path, by the place's name. */
export type Places = Readonly<Record<string, z.ZodType>>;

/** A call whose path has places. */
export interface At<L extends Places> extends Call {
  /** What stands in a place of the path. @throws {@link Rejected} `not-found` when nothing can be called that */
  readonly place: <K extends keyof L & string>(name: K) => z.output<L[K]>;
}

/** A call that takes a query. */
export interface Asking<Q extends z.ZodType> extends Call {
  /** What the query asks for. @throws {@link Rejected} `invalid` */
  readonly asked: () => z.output<Q>;
}

export interface Answer<T = unknown> {
  /** sent as JSON; bytes go as they are */
  readonly body: T;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What stands in a place of a path. @throws {@link Rejected} `not-found` when nothing can be called that */
export function inPlace<S extends z.ZodType>(schema: S, text: string | undefined): z.output<S> {
  const parsed = schema.safeParse(text);
  if (!parsed.success) throw new Rejected('not-found');
  return parsed.data;
}

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
