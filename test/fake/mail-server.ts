import { once } from 'node:events';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server that keeps what it is given, and refuses what it is told to. */
export interface MailServer {
  /** without user and password */
  readonly url: string;
  readonly mails: ParsedMail[];
  /** addresses that it does not take, each with the status it answers */
  readonly refused: Map<string, number>;
  /** senders that it takes no mail from */
  readonly refusedSenders: Set<string>;
  stop(): Promise<void>;
}

/** @param account who may send, with the password; everybody, where left out */
export async function startMailServer(account?: { user: string; password: string }): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const refused = new Map<string, number>();
  const refusedSenders = new Set<string>();
  const server = new SMTPServer({
    authOptional: account === undefined,
    disabledCommands: account ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, callback) {
      if (username === account?.user && password === account?.password) callback(null, { user: username });
      else callback(Object.assign(new Error('5.7.8 authentication failed'), { responseCode: 535 }));
    },
    onMailFrom({ address }, _session, callback) {
      const isRefused = refusedSenders.has(address);
      callback(isRefused ? Object.assign(new Error('5.7.1 not your address'), { responseCode: 553 }) : null);
    },
    onRcptTo({ address }, _session, callback) {
      const responseCode = refused.get(address);
      callback(responseCode ? Object.assign(new Error('not taken'), { responseCode }) : null);
    },
    onData(stream, _session, callback) {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        callback();
      }, callback);
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    refused,
    refusedSenders,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
