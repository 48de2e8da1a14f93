import { randomUUID } from 'node:crypto';
import { SMTPServer } from 'smtp-server';
import type { Faults } from '../endpoint/faults.ts';
import type { ServiceError } from '../types.ts';
import { NotDeliverable, type Post } from './post.ts';

/** A mail server for stacks that send by SMTP. */
export interface SmtpInlet {
  readonly url: string;
  stop(): Promise<void>;
}

const MOST_BYTES = 40 * 1024 * 1024;

/** What a mail server says when it cannot now and should be asked again. */
const TRY_AGAIN = 451;

/**
 * Listens on a free loopback port and passes on whatever mail it gets. Injected faults hit it as `smtp` `DATA`; their
 * status is the reply's code, 451 unless it is one.
 */
export async function startSmtpInlet(post: Post, faults: Faults): Promise<SmtpInlet> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    allowInsecureAuth: true,
    size: MOST_BYTES,
    onAuth: (_auth, _session, callback) => callback(null, { user: 'local' }),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const fault = faults.take('smtp', 'DATA');
        const refusal =
          fault && Object.assign(new Error(fault.error.message), { responseCode: replyCode(fault.error) });
        if (fault?.afterEffect === false) return callback(refusal);
        post
          .deliver({
            messageId: randomUUID(),
            from: mailFrom === false ? '' : mailFrom.address,
            recipients: rcptTo.map((each) => each.address),
            source: Buffer.concat(chunks),
          })
          .then(
            () => callback(refusal),
            (error: Error) => callback(error instanceof NotDeliverable ? replyTo(error) : error),
          );
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What the server said for good, as a reply with an enhanced code. */
function replyTo({ about, message }: NotDeliverable): Error {
  const [responseCode, enhanced] = about === 'recipient' ? [550, '5.1.1'] : [554, '5.6.0'];
  return Object.assign(new Error(`${enhanced} ${message}`), { responseCode });
}

function replyCode({ status }: ServiceError): number {
  return [421, 450, 451, 452, 550, 552, 554].includes(status) ? status : TRY_AGAIN;
}
