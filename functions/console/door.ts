import type { Context, Hono } from 'hono';
import type { Acting } from '../../shared/answering/acting.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Member } from '../../shared/domain/party.ts';
import type { Hub } from '../../shared/store/hub.ts';
import type { Incoming } from '../incoming/incoming.ts';
import type { Form } from '../web/read-form.ts';
import type { Areas } from './area.ts';
import type { Issuer } from './sign-in/issuer.ts';

/** What the console rests on. */
export interface Door {
  readonly hub: Hub;
  readonly issuer: Issuer;
  /** files that people give */
  readonly incoming: Incoming;
  /** where people reach the hub; left out, what the request came to */
  readonly publicUrl?: string | undefined;
  /** how many proxies before the gateway are trusted; left out, none */
  readonly trustedProxies?: number;
  /** what is deployed; left out, nobody knows */
  readonly version?: string;
}

/** Who is looking, found out anew for each request. */
export interface Visit {
  /** the person as a member of the party they act for now */
  readonly member: Member;
  /** the same, as what they do is permitted or refused */
  readonly acting: Extract<Acting, { type: 'member' }>;
  /** every party they are a member of */
  readonly memberships: readonly Member[];
  /** the name under which their session is kept */
  readonly session: string;
  /** what every form of theirs carries */
  readonly csrf: string;
  readonly language: Language;
}

export interface ConsoleEnvironment {
  Variables: { visit: Visit; form: Form; areas: Areas };
}
export type ConsoleApp = Hono<ConsoleEnvironment>;
export type ConsoleContext = Context<ConsoleEnvironment>;
