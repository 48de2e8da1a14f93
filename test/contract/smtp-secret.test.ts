import { randomBytes } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { policiesOf } from '../../cdk/local/deployment/roles.ts';
import { createFaults } from '../../cdk/local/endpoint/faults.ts';
import { type Endpoint, startEndpoint } from '../../cdk/local/endpoint/index.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import { createCredentials } from '../../cdk/local/iam/credentials.ts';
import { createSecretsManager } from '../../cdk/local/secrets-manager/index.ts';
import { createMailer } from '../../functions/notify/mailer.ts';
import { createSmtpServer, secretUrl } from '../../functions/notify/smtp-server.ts';
import { subjectLine } from '../../functions/notify/subject-line.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { blueprintOf, placeOf } from '../infra/template.ts';

const blueprint = blueprintOf({ mail: 'smtp', smtpSecret: 'jieli/smtp' });
const { accountId, region } = blueprint;
const clock = {
  now: Date.now,
  at: () => ({ cancel() {} }),
  busy: () => () => {},
  settled: async () => {},
  advance: async () => {},
};

let endpoint: Endpoint;
let server: MailServer;
let secrets: Record<string, string>;
let clients: SecretsManagerClient[];
const credentials = createCredentials(randomBytes(32), accountId, 'aws');

beforeEach(async () => {
  server = await startMailServer({ user: 'hub', password: 'right' });
  secrets = { 'jieli/smtp': withPassword('right'), 'jieli/other': withPassword('right') };
  clients = [];
  const authorizer = createAuthorizer(policiesOf(blueprint), { accountId, region });
  const arnPrefix = `arn:aws:secretsmanager:${region}:${accountId}:`;
  const secretsmanager = createSecretsManager({ secrets: () => secrets, authorizer, arnPrefix });
  endpoint = await startEndpoint({ services: { secretsmanager }, credentials, faults: createFaults(), clock });
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await endpoint.stop();
  await server.stop();
});

const withPassword = (password: string) => server.url.replace('//', `//hub:${password}@`);

/** The secrets as a function of the stack reads them, with its role. */
function asFunction(name: string): SecretsManagerClient {
  const found = blueprint.functions.find(({ logicalId }) => placeOf(logicalId) === name);
  if (!found) throw new Error(`no function ${name}`);
  const held = credentials.forRole(found.roleArn, name);
  const client = new SecretsManagerClient({ endpoint: endpoint.url, region, credentials: held, maxAttempts: 1 });
  clients.push(client);
  return client;
}

const mail = {
  messageId: '<1@hub.example.org>',
  name: 'one',
  to: 'someone@example.org',
  subject: subjectLine('Hello', z.object({}), {}),
  text: 'Hello',
  html: '<p>Hello</p>',
};

describe('a mail server whose URL is in a secret', () => {
  it('is found at run time: no function’s environment holds a password', async () => {
    const environments = JSON.stringify(blueprint.functions.map(({ environment }) => environment));
    expect(environments).toContain('"SMTP_SECRET":"jieli/smtp"');
    expect(environments).not.toMatch(/smtps?:/);
    const mailer = createMailer('hub@example.org', 'smtp', { smtpUrl: secretUrl('jieli/smtp', asFunction('notify')) });
    await mailer.send(mail);
    expect(server.mails).toHaveLength(1);
  });

  it('is looked up again as soon as its password is refused, so that a changed one needs no deployment', async () => {
    secrets['jieli/smtp'] = withPassword('old');
    const mailer = createMailer('hub@example.org', 'smtp', { smtpUrl: secretUrl('jieli/smtp', asFunction('notify')) });
    await expect(mailer.send(mail)).rejects.toThrow('authentication failed');
    secrets['jieli/smtp'] = withPassword('right');
    await mailer.send(mail);
    expect(server.mails).toHaveLength(1);
  });

  it('is looked up once in five minutes, not for every mail', async () => {
    let now = 0;
    let asked = 0;
    const url = async () => {
      asked += 1;
      return withPassword('right');
    };
    const smtp = createSmtpServer(url, () => now);
    const first = await smtp.transport();
    now = 299_999;
    expect(await smtp.transport()).toBe(first);
    expect(asked).toBe(1);
    now = 300_000;
    expect(await smtp.transport()).toBe(first);
    expect(asked).toBe(2);
  });

  it.each(['site', 'console', 'api', 'relay', 'sweep', 'screen', 'open-task', 'advance', 'cover'])(
    'is nothing that %s could read',
    async (name) => {
      await expect(secretUrl('jieli/smtp', asFunction(name))()).rejects.toThrow(
        /is not authorized to perform: secretsmanager:GetSecretValue/,
      );
    },
  );

  it('is the only secret that the notifier can read', async () => {
    await expect(secretUrl('jieli/other', asFunction('notify'))()).rejects.toThrow('is not authorized');
  });

  it('that is no URL is said so, by the secret’s name and without what is in it', async () => {
    secrets['jieli/smtp'] = 'hunter2';
    const failure = secretUrl('jieli/smtp', asFunction('notify'))();
    await expect(failure).rejects.toThrow('The secret jieli/smtp holds no URL as smtps://');
    await expect(failure).rejects.not.toThrow('hunter2');
  });
});
