import * as z from 'zod';
import { PartyId } from '../shared/domain/ids.ts';
import { KeptDays } from '../shared/kinds/retention.ts';
import { IndexShards } from '../shared/store/shards.ts';
import { refusals, senderOf } from './refusals.ts';

const Url = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/**
 * What an installation may choose, given as CDK context (`-c name=value`). Most has a default; a region and a sender of
 * mails are named by whoever deploys.
 */
const Given = z.object({
  stackName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,40}$/, 'stackName has up to 41 letters, digits and hyphens, a letter first')
    .default('Jieli'),
  /** the AWS region that the stack goes to: what there is not in it is refused before anything is made */
  region: z
    .string(
      'the region is not known: give -c region=…, or set AWS_REGION, or sign in to AWS with a profile that names one',
    )
    .regex(/^[a-z]{2,3}(-[a-z]+)+-\d$/, 'region is the short name of an AWS region, as ap-southeast-1'),
  /** where people reach the hub; left out, the address that API Gateway gives */
  publicUrl: Url.optional(),
  /** a certificate of ACM for the name in `publicUrl`, in the stack's region: API Gateway then answers to that name */
  certificateArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/.+$/,
      'certificateArn is the ARN of a certificate of ACM',
    )
    .optional(),
  /** the name that API Gateway answers to, where a proxy before it has the name in `publicUrl` */
  gatewayDomain: z.hostname().optional(),
  /** certificates of the proxies that may connect, `s3://bucket/key`: nobody else then comes past them */
  proxyTrustStore: z
    .string()
    .regex(/^s3:\/\/[a-z0-9.-]+\/.+$/, 'proxyTrustStore is written s3://bucket/key')
    .optional(),
  /** `loopback` where nobody but a proxy on the same machine reaches the gateway's own address, as on one server */
  gatewayReach: z.enum(['internet', 'loopback']).default('internet'),
  /**
   * the OIDC issuer that staff sign in with, letter by letter as its tokens name it; left out, a Cognito user pool is made,
   * where the region has Cognito
   */
  issuer: z.url({ protocol: /^https?$/ }).optional(),
  /** this installation's client at that issuer */
  oidcClientId: z.string().min(1).optional(),
  /** the name of a secret in Secrets Manager with what that client shows an issuer that insists on a secret */
  oidcSecret: z
    .string()
    .regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'oidcSecret is the name of a secret, not its ARN')
    .optional(),
  /** where browsers send files, each bucket below it; left out, the bucket's own address, which only AWS has */
  incomingUrl: Url.optional(),
  /** how mail goes out: through SES, or where there is none through an SMTP server */
  mail: z.enum(['ses', 'smtp']).default('ses'),
  mailFrom: z.email().optional(),
  /**
   * Whether the sender's domain is made known to SES here, and whether SES has `verified` it by now, or is known and verified
   * there already. Cognito takes no other for its own mails, so that until then its mailer sends at most fifty a day.
   */
  mailIdentity: z.enum(['create', 'verified', 'existing']).default('create'),
  /** how many mails a day SES lets the account send, as its dashboard says: an alarm tells before they are used up */
  mailQuota: z.coerce.number().int().min(1).optional(),
  /** an SMTP server that asks for no password */
  smtpUrl: z.url({ protocol: /^smtps?$/ }).optional(),
  /** the name of a secret in Secrets Manager that holds the server's URL with user and password */
  smtpSecret: z
    .string()
    .regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'smtpSecret is the name of a secret, not its ARN')
    .optional(),
  /** how many proxies before the gateway are trusted to say who came to them, as a content network is */
  trustedProxies: z.coerce.number().int().min(0).max(10).default(0),
  /**
   * how many calls of the site, and of the API, may run at once; left out, no bound beside the gateway's: a bound is
   * taken out of the account's quota, which must leave a hundred, and new accounts have ten
   */
  publicConcurrency: z.coerce.number().int().min(1).max(10_000).optional(),
  /**
   * how many requests a second the gateway takes, and how many at one moment: four fifths of the rate for the site and for the
   * API each, a fifth for the console. They come out of the quotas of the account in the region
   */
  requestsPerSecond: z.coerce.number().int().min(10).max(100_000).default(500),
  requestsAtOnce: z.coerce.number().int().min(10).max(50_000).default(1_000),
  /** over how many keys of an index is spread what a whole hub, hour or programme writes; may be raised, and not be lowered */
  indexShards: IndexShards,
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
  /** the stream of a table that was restored, by its ARN, which names the table too: the stack works with that table */
  restoredTable: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[A-Za-z0-9_.-]{3,255}\/stream\/[0-9T:.-]+$/,
      'restoredTable is the ARN of the restored table’s stream, LatestStreamArn of aws dynamodb describe-table',
    )
    .optional(),
  /** whether table, keys and logs outlive the stack; `new` is `keep` for a first deployment, see the README */
  data: z.enum(['keep', 'new', 'destroy']).default('keep'),
});
export type Given = z.output<typeof Given>;

/** What is deployed: the choices, and a sender of mails in any case. */
export type Options = Given & { readonly mailFrom: string };

/** The names of the context values, as one gives them to `-c`. */
export const optionNames = Object.keys(Given.shape);

function sentenceOf({ path, message }: z.core.$ZodIssue): string {
  const name = path.join('.');
  return name === '' || message.includes(name) ? message : `${name}: ${message}`;
}

/**
 * Reads the context of an installation. What AWS would refuse when it deploys is refused here.
 * @throws an error with a sentence a line for whatever makes no sense, or would be refused by AWS
 */
export function readOptions(given: Readonly<Record<string, unknown>>): Options {
  const { data, error } = Given.safeParse(given);
  const against = data === undefined ? error.issues.map(sentenceOf) : refusals(data);
  const mailFrom = data && senderOf(data);
  if (data && mailFrom && against.length === 0) return { ...data, mailFrom };
  throw new Error(`This cannot be deployed:\n${against.map((each) => `- ${each}`).join('\n')}`);
}
