import { randomUUID } from 'node:crypto';
import { SMTPServer } from 'smtp-server';
import type { Post } from './post.ts';

/** A mail server for stacks that send by SMTP. */
export interface SmtpInlet {
  readonly url: string;
  stop(): Promise<void>;
}

const MOST_BYTES = 40 * 1024 * 1024;

/** Listens on a free loopback port and passes on whatever mail it gets. */
export async function startSmtpInlet(post: Post): Promise<SmtpInlet> {
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
        post
          .deliver({
            messageId: randomUUID(),
            from: mailFrom === false ? '' : mailFrom.address,
            recipients: rcptTo.map((each) => each.address),
            source: Buffer.concat(chunks),
          })
          .then(
            () => callback(),
            (error: Error) => callback(error),
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
