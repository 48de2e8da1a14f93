import * as z from 'zod';
import { Kind, PartyId } from '../../shared/domain/ids.ts';
import { KeptDays } from '../../shared/kinds/retention.ts';
import { IndexShards } from '../../shared/store/shards.ts';

/** The table, and over how many keys of its indexes much that is written at once is spread. */
export const table = { TABLE_NAME: z.string().min(3), INDEX_SHARDS: IndexShards };

/** The KMS key for message authentication codes, from which the keys for links and look-ups are derived. */
export const macKey = { MAC_KEY_ID: z.string().min(1) };

/** The KMS key around the data keys of what is personal. */
export const dataKey = { DATA_KEY_ID: z.string().min(1) };

/** How long what is personal is kept after a case has ended, by kind. */
export const kept = { KEPT_DAYS: KeptDays.prefault('') };

/** Where people reach the hub, without a slash at the end; left out, what the request came to. */
export const optionalPublicUrl = { PUBLIC_URL: z.url().optional() };

/** How many proxies between visitors and the gateway are trusted to say, in `X-Forwarded-For`, who came to them. */
export const proxies = { TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0) };

/** The hub that new cases belong to, and the insurer that its insurance requests go to. */
export const hub = { HUB_ID: PartyId, INSURER_ID: PartyId };

/** The OIDC issuer that staff sign in with, and this installation's client there. */
export const oidc = { OIDC_ISSUER: z.url(), OIDC_CLIENT_ID: z.string().min(1) };

/** What the client shows the issuer besides its name, where the issuer insists on a secret. */
export const oidcSecret = { OIDC_CLIENT_SECRET: z.string().min(1).optional() };

/** The bucket in which chains are anchored. */
export const anchors = { ANCHOR_BUCKET: z.string().min(3) };

/** The bucket for files that people give, and the address that their forms lead to. */
export const incoming = { INCOMING_BUCKET: z.string().min(3), INCOMING_URL: z.url() };

/** What is deployed, for the page of operators. */
export const version = { VERSION: z.string().min(1).max(80) };

/** The state machine of each kind: `need=arn:…,grant=arn:…`. */
export const machines = {
  MACHINE_ARNS: z
    .string()
    .transform((text) => Object.fromEntries(text.split(',').map((each) => each.split('='))))
    .pipe(z.record(Kind, z.string())),
};

/** The state machine that works on jobs. */
export const jobsMachine = { JOBS_MACHINE_ARN: z.string() };
