import * as z from 'zod';
import { PartyId } from '../shared/domain/ids.ts';
import { KeptDays } from '../shared/domain/privacy/retention.ts';

const Url = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/**
 * What an installation may choose, given as CDK context (`-c name=value`). Everything has a default, so that the stack
 * can be synthesized as it is; a real one names at least `publicUrl` and `mailFrom`.
 */
export const Options = z
  .object({
    stackName: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,40}$/)
      .default('Jieli'),
    /** where people reach the hub; left out, the address that API Gateway gives */
    publicUrl: Url.optional(),
    /** the OIDC issuer that staff sign in with; left out, a Cognito user pool is made, where the region has Cognito */
    issuer: Url.optional(),
    /** this installation's client at that issuer */
    oidcClientId: z.string().min(1).optional(),
    /** how mail goes out: through SES, or where there is none through an SMTP server */
    mail: z.enum(['ses', 'smtp']).default('ses'),
    mailFrom: z.email().optional(),
    /** whether the sender's domain is made known to SES here, or is known there already */
    mailIdentity: z.enum(['create', 'existing']).default('create'),
    /** an SMTP server that asks for no password */
    smtpUrl: z.url({ protocol: /^smtps?$/ }).optional(),
    /** the name of a secret in Secrets Manager that holds the server's URL with user and password */
    smtpSecret: z.string().min(1).optional(),
    /** how many proxies before the gateway are trusted to say who came to them, as a content network is */
    trustedProxies: z.coerce.number().int().min(0).max(10).default(0),
    /**
     * how many calls of the site, and of the API, may run at once; left out, no bound beside the gateway's: a bound is
     * taken out of the account's quota, which must leave a hundred, and new accounts have ten
     */
    publicConcurrency: z.coerce.number().int().min(1).max(10_000).optional(),
    hubId: PartyId.default(PartyId.parse('hub')),
    insurerId: PartyId.default(PartyId.parse('insurer')),
    /** for how many days after its end a case keeps what is personal: `need=90,grant=1825,insurance=730` are the defaults */
    keptDays: z
      .string()
      .refine((text) => KeptDays.safeParse(text).success, { message: 'keptDays is written need=90,grant=1825' })
      .optional(),
    /** the commit that is deployed, for the page of operators; left out, it says the version alone */
    commit: z
      .string()
      .regex(/^[0-9a-f]{7,40}$/)
      .optional(),
    /** who is told when something is wrong that only an operator can mend */
    alarmEmail: z.email().optional(),
    /** whether table, key and logs outlive the stack */
    data: z.enum(['keep', 'destroy']).default('keep'),
  })
  .superRefine((options, check) => {
    if ((options.issuer === undefined) !== (options.oidcClientId === undefined)) {
      check.addIssue({ code: 'custom', message: 'issuer and oidcClientId go together' });
    }
    if (options.mail === 'smtp' && (options.smtpUrl === undefined) === (options.smtpSecret === undefined)) {
      check.addIssue({ code: 'custom', message: 'mail=smtp needs either smtpUrl or smtpSecret' });
    }
  })
  .transform((options) => ({
    ...options,
    mailFrom:
      options.mailFrom ?? `no-reply@${options.publicUrl ? new URL(options.publicUrl).hostname : 'jieli.example'}`,
  }));
export type Options = z.output<typeof Options>;

/** The names of the context values, as one gives them to `-c`. */
export const optionNames = [
  'stackName',
  'publicUrl',
  'issuer',
  'oidcClientId',
  'mail',
  'mailFrom',
  'mailIdentity',
  'smtpUrl',
  'smtpSecret',
  'trustedProxies',
  'publicConcurrency',
  'hubId',
  'insurerId',
  'keptDays',
  'commit',
  'alarmEmail',
  'data',
] as const satisfies readonly (keyof Options)[];
