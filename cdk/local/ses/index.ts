import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readInput } from '../endpoint/json-service.ts';
import type { EndpointService } from '../endpoint/service.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { IdentitySpec } from '../template/blueprint.ts';
import { type Clock, ServiceError } from '../types.ts';
import { compose, sendEmailInput } from './compose.ts';
import type { Post } from './post.ts';

export interface SesOptions {
  /** Who mail may come from; none in the stack: the account has its senders elsewhere, and any may. */
  readonly identities: readonly IdentitySpec[];
  readonly post: Post;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly region: string;
  /** An ARN of this account's mail service without its resource. */
  readonly arnPrefix: string;
}

/** The mail service's SendEmail (version 2), which gives mail to the post. */
export function createSes({ identities, post, authorizer, clock, region, arnPrefix }: SesOptions): EndpointService {
  const identityOf = (address: string): string => {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    const own = identities.find(({ name }) => name.toLowerCase() === address.toLowerCase());
    const covering = own ?? identities.find(({ name }) => domain === name || domain.endsWith(`.${name.toLowerCase()}`));
    return covering?.arn ?? `${arnPrefix}identity/${domain}`;
  };

  return {
    errorType: 'application/json',
    operation: (request) =>
      request.method === 'POST' && request.url === '/v2/email/outbound-emails' ? 'SendEmail' : undefined,
    async answer({ body, caller }) {
      const parsed = sendEmailInput.safeParse(readInput(body));
      if (!parsed.success) throw new ServiceError('BadRequestException', z.prettifyError(parsed.error));
      const messageId = `0100${randomBytes(6).toString('hex')}-${randomBytes(16).toString('hex')}-000000`;
      const mail = await compose(parsed.data, messageId, new Date(clock.now()));
      const resource = identityOf(mail.from);
      const context = {
        'ses:ApiVersion': '2',
        'ses:FromAddress': mail.from,
        'ses:Recipients': mail.recipients,
        ...(mail.fromName !== undefined && { 'ses:FromDisplayName': mail.fromName }),
      };
      // What comes as a raw message needs leave for that as well, whichever operation it comes by.
      const actions = parsed.data.Content.Raw ? ['ses:SendEmail', 'ses:SendRawEmail'] : ['ses:SendEmail'];
      for (const action of actions) authorizer.require(caller, { action, resource, context });
      if (identities.length > 0 && !identities.some(({ arn }) => arn === resource)) {
        throw new ServiceError(
          'MessageRejected',
          `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${mail.from}`,
        );
      }
      await post.deliver({ messageId, from: mail.from, recipients: mail.recipients, source: mail.source });
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ MessageId: messageId }),
      };
    },
  };
}
