import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { readInput } from '../endpoint/json-service.ts';
import type { EndpointService, ServiceAnswer, ServiceCall } from '../endpoint/service.ts';
import type { EventBus } from '../events/index.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { ConfigurationSetSpec, IdentitySpec } from '../template/blueprint.ts';
import { type Clock, ServiceError } from '../types.ts';
import type { SesAccount } from './account.ts';
import { compose, sendEmailInput } from './compose.ts';
import { type Feedback, feedbackEvent, isSimulated, type SentMail, simulated } from './feedback.ts';
import { NotDeliverable, type Post } from './post.ts';

export interface SesOptions {
  /** Who mail may come from; none in the stack: the account has its senders elsewhere, and any may. */
  readonly identities: readonly IdentitySpec[];
  readonly configurationSets: readonly ConfigurationSetSpec[];
  readonly account: SesAccount;
  readonly bus: EventBus;
  readonly post: Post;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** An ARN of this account's mail service without its resource. */
  readonly arnPrefix: string;
}

const operations: Readonly<Record<string, string>> = {
  'POST /v2/email/outbound-emails': 'SendEmail',
  'GET /v2/email/account': 'GetAccount',
  'POST /v2/email/account/details': 'PutAccountDetails',
  'PUT /v2/email/account/sending': 'PutAccountSendingAttributes',
};

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountDetails.html; production is granted at once here. */
const detailsInput = z.strictObject({
  MailType: z.enum(['MARKETING', 'TRANSACTIONAL']),
  WebsiteURL: z.string(),
  ContactLanguage: z.string().optional(),
  UseCaseDescription: z.string().optional(),
  AdditionalContactEmailAddresses: z.array(z.string()).optional(),
  ProductionAccessEnabled: z.boolean().optional(),
});
const sendingInput = z.strictObject({ SendingEnabled: z.boolean().default(false) });

/** Quotas of an account in the sandbox, and AWS's first ones outside; here they are told and not counted. */
const QUOTAS = {
  sandbox: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 },
  production: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 0 },
};

function json(value: unknown): ServiceAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function parsed<S extends z.ZodType>(schema: S, body: Buffer): z.output<S> {
  const { success, data, error } = schema.safeParse(readInput(body));
  if (success) return data;
  throw new ServiceError('BadRequestException', z.prettifyError(error));
}

/** The mail service's version 2: SendEmail, which gives mail to the post, and what an account may do. */
export function createSes(options: SesOptions): EndpointService {
  const { identities, configurationSets, account, bus, post, authorizer, clock, region, accountId, arnPrefix } =
    options;

  const identityOf = (address: string): string => {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    const own = identities.find(({ name }) => name.toLowerCase() === address.toLowerCase());
    const covering = own ?? identities.find(({ name }) => domain === name || domain.endsWith(`.${name.toLowerCase()}`));
    return covering?.arn ?? `${arnPrefix}identity/${domain}`;
  };
  const isVerified = (address: string): boolean => identities.some(({ arn }) => arn === identityOf(address));

  const setOf = (name: string | undefined): ConfigurationSetSpec | undefined => {
    const set = configurationSets.find((each) => each.name === name);
    if (name !== undefined && set === undefined)
      throw new ServiceError('NotFoundException', `Configuration set <${name}> does not exist.`, 404);
    return set;
  };

  const assertVerified = (addresses: readonly string[]): void => {
    if (addresses.length === 0) return;
    const failed = `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: `;
    throw new ServiceError('MessageRejected', failed + addresses.join(', '));
  };

  /** What the server will never take comes back as a bounce, where events of bounces are asked for. */
  const deliver = async (mail: SentMail & { source: Buffer }, told: ReadonlySet<string>): Promise<Feedback[]> => {
    const real = mail.recipients.filter((address) => !isSimulated(address));
    const feedback = mail.recipients.map(simulated).filter((each) => each !== undefined);
    if (real.length === 0) return feedback;
    try {
      await post.deliver({ messageId: mail.messageId, from: mail.from, recipients: real, source: mail.source });
      return feedback;
    } catch (error) {
      if (!(error instanceof NotDeliverable)) throw error;
      if (!told.has('BOUNCE')) throw new ServiceError('MessageRejected', error.message);
      const ofRecipient = error.about === 'recipient';
      const sort = ofRecipient ? (['Permanent', 'General'] as const) : (['Transient', 'ContentRejected'] as const);
      const status = ofRecipient ? '5.1.1' : '5.6.0';
      const said = `smtp; ${error.message}`;
      return [...feedback, ...real.map((recipient) => ({ type: 'BOUNCE' as const, recipient, sort, status, said }))];
    }
  };

  const sendEmail = async ({ body, caller }: ServiceCall): Promise<ServiceAnswer> => {
    const input = parsed(sendEmailInput, body);
    const messageId = `0100${randomBytes(6).toString('hex')}-${randomBytes(16).toString('hex')}-000000`;
    const mail = await compose(input, messageId, new Date(clock.now()));
    const resource = identityOf(mail.from);
    const set = setOf(input.ConfigurationSetName);
    const context = {
      'ses:ApiVersion': '2',
      'ses:FromAddress': mail.from,
      'ses:Recipients': mail.recipients,
      ...(mail.fromName !== undefined && { 'ses:FromDisplayName': mail.fromName }),
    };
    // What comes as a raw message needs leave for that as well, whichever operation it comes by.
    const actions = input.Content.Raw ? ['ses:SendEmail', 'ses:SendRawEmail'] : ['ses:SendEmail'];
    for (const action of actions) {
      authorizer.require(caller, { action, resource, context });
      if (set) authorizer.require(caller, { action, resource: set.arn, context });
    }
    const { production, sending } = account.state();
    if (!sending) throw new ServiceError('SendingPausedException', 'Sending paused for this account.');
    if (identities.length > 0 && !isVerified(mail.from)) assertVerified([mail.from]);
    if (!production) assertVerified(mail.recipients.filter((address) => !isVerified(address) && !isSimulated(address)));
    const tags = Object.fromEntries((input.EmailTags ?? []).map(({ Name, Value }) => [Name, [Value]]));
    const sent = {
      ...{ messageId, from: mail.from, sourceArn: resource, recipients: mail.recipients, source: mail.source },
      ...{ subject: mail.subject, headerMessageId: mail.headerMessageId },
      tags: { ...(set && { 'ses:configuration-set': [set.name] }), ...tags },
    };
    const events = set?.events ?? new Set<string>();
    for (const feedback of await deliver(sent, events)) {
      if (events.has(feedback.type)) await bus.put(feedbackEvent(sent, feedback, accountId, clock.now()));
    }
    return json({ MessageId: messageId });
  };

  const answers: Readonly<Record<string, (call: ServiceCall) => ServiceAnswer | Promise<ServiceAnswer>>> = {
    SendEmail: sendEmail,
    GetAccount() {
      const { production, sending } = account.state();
      return json({
        DedicatedIpAutoWarmupEnabled: false,
        EnforcementStatus: 'HEALTHY',
        ProductionAccessEnabled: production,
        SendingEnabled: sending,
        SendQuota: production ? QUOTAS.production : QUOTAS.sandbox,
      });
    },
    PutAccountDetails({ body }) {
      if (parsed(detailsInput, body).ProductionAccessEnabled) account.setProduction(true);
      return json({});
    },
    PutAccountSendingAttributes({ body }) {
      account.setSending(parsed(sendingInput, body).SendingEnabled);
      return json({});
    },
  };

  return {
    errorType: 'application/json',
    operation: (request: IncomingMessage) => operations[`${request.method} ${request.url}`],
    async answer(call) {
      const { operation, caller } = call;
      if (operation !== 'SendEmail') authorizer.require(caller, { action: `ses:${operation}`, resource: '*' });
      const answer = answers[operation];
      if (answer === undefined) throw new ServiceError('UnknownOperationException', operation, 404);
      return answer(call);
    },
  };
}
