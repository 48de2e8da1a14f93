import * as z from 'zod';
import { Mistaken } from './problems.ts';

/** The outside of an installation: where people reach it, and what stands in for the demo issuer and mailbox. */
export interface Outside {
  readonly publicUrl: string;
  readonly issuer: string;
  readonly oidcClientId: string;
  /** for an issuer that insists on one */
  readonly oidcClientSecret?: string | undefined;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** who is told of alarms: by mail, and by a POST of JSON */
  readonly alarmEmail?: string | undefined;
  readonly alarmUrl?: string | undefined;
  /** how many proxies stand before the port and add to `X-Forwarded-For` */
  readonly trustedProxies: number;
  /** the address of this machine to listen on; loopback where it is left out */
  readonly listen?: string | undefined;
}

const address = (protocols: RegExp, right: string) => z.url({ protocol: protocols, error: right });

const publicUrl = address(/^https$/, 'an address with https://, such as https://hub.example.org').refine(
  (url) => URL.canParse(url) && new URL(url).pathname === '/' && new URL(url).search === '',
  'an address without a path, such as https://hub.example.org',
);
const mailServer =
  'smtps://USER:PASSWORD@HOST, or smtp:// for STARTTLS, with whatever is no letter or digit in user and password percent-encoded';

/** A variable a line, each with what would be right. */
const Variables = z.object({
  JIELI_PUBLIC_URL: publicUrl,
  JIELI_OIDC_ISSUER: address(/^https?$/, 'the address of your OIDC issuer, such as https://sign-in.example.org'),
  JIELI_OIDC_CLIENT_ID: z.string('the name of this client at the issuer, such as jieli').min(1),
  JIELI_OIDC_CLIENT_SECRET: z.string().optional(),
  JIELI_SMTP_URL: address(/^smtps?$/, mailServer),
  JIELI_MAIL_FROM: z.email('the address that mails come from, such as hub@example.org'),
  JIELI_ALARM_EMAIL: z.email('the address of whoever runs this, such as admin@example.org').optional(),
  JIELI_ALARM_URL: address(
    /^https?$/,
    'an address that takes a POST with JSON, such as https://example.org/alarms',
  ).optional(),
  JIELI_TRUSTED_PROXIES: z.coerce
    .number('how many proxies stand before the port, 1 as a rule')
    .int('how many proxies stand before the port, 1 as a rule')
    .min(0, 'how many proxies stand before the port, 1 as a rule')
    .max(10, 'how many proxies stand before the port, at most 10')
    // the one that ends TLS
    .default(1),
  // in a container the proxy comes from outside
  JIELI_LISTEN: z
    .union([z.ipv4(), z.ipv6()], 'the IP address to listen on: 127.0.0.1, or 0.0.0.0 in a container')
    .default('127.0.0.1'),
});
/** What is not repeated in a message, since others may read it. */
const SECRET = new Set(['JIELI_SMTP_URL', 'JIELI_OIDC_CLIENT_SECRET', 'JIELI_ALARM_URL']);

/**
 * What an installation with a public URL is started with; undefined where none of it is set. Half of it is a mistake that must
 * not go unnoticed. @throws {@link Mistaken}
 */
export function readOutside(environment: NodeJS.ProcessEnv): Outside | undefined {
  const names = Object.keys(Variables.shape);
  const given = Object.fromEntries(names.map((name) => [name, environment[name] || undefined]));
  if (Object.values(given).every((value) => value === undefined)) return undefined;
  const read = Variables.safeParse(given);
  if (!read.success) {
    // of each variable the first thing that is wrong
    const told = new Map(read.error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]));
    throw new Mistaken([...told].reverse().map(([name, right]) => `${lineStart(name, given[name])}${right}.`));
  }
  const { data } = read;
  return {
    publicUrl: data.JIELI_PUBLIC_URL,
    issuer: data.JIELI_OIDC_ISSUER,
    oidcClientId: data.JIELI_OIDC_CLIENT_ID,
    oidcClientSecret: data.JIELI_OIDC_CLIENT_SECRET,
    smtpUrl: data.JIELI_SMTP_URL,
    mailFrom: data.JIELI_MAIL_FROM,
    alarmEmail: data.JIELI_ALARM_EMAIL,
    alarmUrl: data.JIELI_ALARM_URL,
    trustedProxies: data.JIELI_TRUSTED_PROXIES,
    listen: data.JIELI_LISTEN,
  };
}

function lineStart(name: string, value: string | undefined): string {
  if (value === undefined) return `${name} is not set; with a public URL it must be: `;
  return `${name}${SECRET.has(name) ? '' : `=${value}`} is not right. It must be: `;
}
