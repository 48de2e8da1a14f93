import type { AlarmStatus } from '../alarms/index.ts';
import type { Person } from '../oidc/person.ts';
import type { JudgeMail } from '../ses/post.ts';
import type { TableSpec } from '../template/blueprint.ts';

export interface LocalCloudOptions {
  /** The folder of a synthesized cloud assembly. */
  readonly assembly: string;
  /** Which stack of the assembly, if there are several. */
  readonly stackName?: string;
  /** Everything that is kept lives here. */
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The address to listen on; loopback unless told. */
  readonly host?: string;
  /** Who can sign in at the local issuer. */
  readonly people?: readonly Person[];
  /** The issuer's clients, their addresses as paths of the public port. */
  readonly clients?: readonly {
    readonly clientId: string;
    readonly redirectPaths: readonly string[];
    readonly postLogoutRedirectPaths: readonly string[];
    /** where the issuer tells that somebody signed out there */
    readonly backChannelLogoutPath?: string;
  }[];
  /** Scopes of the API that everyone gets from the local issuer. */
  readonly scopes?: readonly string[];
  /** A mail server that takes the mail, instead of the mailbox. */
  readonly smtpUrl?: string;
  /** Whether a new account of the mail service begins in the sandbox, as AWS's do; PutAccountDetails lets it out. */
  readonly sesSandbox?: boolean;
  /** What the mail server's refusals are about; unless told, all of them pass. */
  readonly judgeMail?: JudgeMail;
  /** Where people reach this from elsewhere. With it, local issuer, mailbox, clock and console are not served. */
  readonly publicUrl?: string;
  /** Pages of the app, by status, for what the gateway answers by itself, as a proxy in front would show them; left out, it is JSON. */
  readonly errorPages?: Readonly<Record<number, string>>;
  /** Tables that are made outside the stack, as one restored from a point in time is; each is as it is told here. */
  readonly tables?: readonly TableSpec[];
  /** Secrets that are made outside the stack, by name; asked for each time one is read. */
  readonly secrets?: (at: ServedAt) => Readonly<Record<string, string>>;
  /** Values for the template's parameters, which may depend on where things are served. */
  readonly parameters?: (at: ServedAt) => Readonly<Record<string, string>>;
  /** Threads of all functions together; unless told, by cores and free memory. */
  readonly maxThreads?: number | undefined;
  readonly region?: string;
  readonly accountId?: string;
  /** Where the clock of a new data folder begins, in milliseconds from the machine's time. */
  readonly clockBegin?: number;
  /** Whether the template's policies decide every call; yes unless told, for a measurement, that they do not. */
  readonly permissions?: boolean;
  /** Takes the template's alarms, each when it begins and when it is over; left out, they are not evaluated. */
  tellAlarm?(alarm: AlarmStatus): void;
  /** Takes what an operator should know; the error output unless told. */
  say?(line: string): void;
}

export interface ServedAt {
  readonly url: string;
  readonly issuerUrl: string;
  /** A mail server of the local cloud, for stacks that send by SMTP. */
  readonly smtpUrl: string;
}
