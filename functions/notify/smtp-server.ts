import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createTransport, type Transporter } from 'nodemailer';
import * as z from 'zod';
import { classified } from '../../shared/aws/classified.ts';

/** Milliseconds that a mail server may take to answer: a function waits two minutes at most. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Milliseconds after which a secret is read again: whoever changed it waits no longer. */
const KEPT = 5 * 60_000;

const ServerUrl = z.url({ protocol: /^smtps?$/ });

/** Reads the URL of a mail server, with user and password, from Secrets Manager. */
export function secretUrl(name: string, client: SecretsManagerClient = new SecretsManagerClient({})) {
  return async (): Promise<string> => {
    const { SecretString } = await client
      .send(new GetSecretValueCommand({ SecretId: name }))
      .catch((error: unknown) => {
        throw classified(error);
      });
    const { data } = ServerUrl.safeParse(SecretString?.trim());
    // what is in it must not be in a message
    if (data === undefined) throw new Error(`The secret ${name} holds no URL as smtps://user:password@host:465.`);
    return data;
  };
}

/** A mail server's URL, or what finds it. */
export type SmtpUrl = string | (() => Promise<string>);

/** The connection to a mail server whose URL may change. */
export interface SmtpServer {
  transport(): Promise<Transporter>;
  /** reads the URL again before the next mail: the server refused the password that it has */
  forget(): void;
}

/** @param url where the server is now, asked for again some minutes later */
export function createSmtpServer(url: () => Promise<string>, now: () => number = Date.now): SmtpServer {
  let kept: { readonly url: string; readonly transport: Transporter; readonly until: number } | undefined;
  return {
    async transport() {
      if (kept && now() < kept.until) return kept.transport;
      const found = await url();
      const transport = kept?.url === found ? kept.transport : createTransport({ url: found, ...patience });
      kept = { url: found, transport, until: now() + KEPT };
      return transport;
    },
    forget() {
      kept = undefined;
    },
  };
}
