import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOutside } from '../../cdk/cli/outside.ts';
import { hubsWithoutContact, readPartiesFile } from '../../cdk/cli/parties-file.ts';

const right = {
  JIELI_PUBLIC_URL: 'https://hub.example.org',
  JIELI_OIDC_ISSUER: 'https://sign-in.example.org/',
  JIELI_OIDC_CLIENT_ID: 'jieli',
  JIELI_SMTP_URL: 'smtps://hub:p%40ss@mail.example.org',
  JIELI_MAIL_FROM: 'hub@example.org',
};

function wrongLines(change: Readonly<Record<string, string | undefined>>): string[] {
  try {
    readOutside({ ...right, ...change });
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
}

describe('a mistake in what a public server is started with', () => {
  it('is none where all is right, or nothing of it is set', () => {
    expect(readOutside(right)).toMatchObject({ publicUrl: 'https://hub.example.org', trustedProxies: 1 });
    // tokens name the issuer letter by letter
    expect(readOutside(right)?.issuer).toBe('https://sign-in.example.org/');
    expect(readOutside({ PORT: '3000', JIELI_DATA: 'x' })).toBeUndefined();
  });

  it.each([
    ['JIELI_PUBLIC_URL', 'hub.example.org', 'https://hub.example.org'],
    ['JIELI_PUBLIC_URL', 'http://hub.example.org', 'https://hub.example.org'],
    ['JIELI_PUBLIC_URL', 'https://hub.example.org/jieli', 'without a path'],
    ['JIELI_OIDC_ISSUER', 'sign-in.example.org', 'https://sign-in.example.org'],
    ['JIELI_MAIL_FROM', 'hub', 'hub@example.org'],
    ['JIELI_TRUSTED_PROXIES', 'two', '1 as a rule'],
  ])('%s=%s is one line that names the variable, its value and what would be right', (name, value, says) => {
    const lines = wrongLines({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}=${value} is not right. It must be: .+\\.$`));
    expect(lines[0]).toContain(says);
  });

  it('names a mail server without a scheme, and keeps its password to itself', () => {
    const [line, ...more] = wrongLines({ JIELI_SMTP_URL: 'hub:geheim@mail.example.org' });
    expect(more).toEqual([]);
    expect(line).toMatch(/^JIELI_SMTP_URL is not right. It must be: smtps:\/\/USER:PASSWORD@HOST/);
    expect(line).not.toContain('geheim');
  });

  it('is a line a variable where half is missing', () => {
    const lines = wrongLines({ JIELI_PUBLIC_URL: undefined, JIELI_OIDC_CLIENT_ID: '', JIELI_MAIL_FROM: undefined });
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'JIELI_PUBLIC_URL',
      'JIELI_OIDC_CLIENT_ID',
      'JIELI_MAIL_FROM',
    ]);
    expect(lines.every((line) => line.includes('is not set'))).toBe(true);
  });
});

describe('a mistake in a file or on the command line', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jieli-mistakes-'));
    path = join(folder, 'parties.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const hub = { id: 'hub', type: 'hub', name: '协作中心' };
  const person = { id: 'p1', party: 'hub', name: '陈', email: 'p1@example.org', language: 'zh', roles: ['lead'] };
  const told = (content: string): string => {
    writeFileSync(path, content);
    try {
      readPartiesFile(path);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };

  it('says where in parties.json it is and what would be right, a line each', () => {
    expect(told(JSON.stringify({ parties: [hub], members: [person] }))).toBe('');
    const wrong = [
      { ...person, roles: ['approver'] },
      { ...person, party: 'hup' },
      { ...person, roles: ['coordinator', 'finance'] },
    ];
    expect(told(JSON.stringify({ parties: [hub], members: wrong })).split('\n')).toEqual([
      `${path}: members[0].roles: approver: a party of type hub has coordinator, lead`,
      `${path}: members[1].party: there is no party hup in this file`,
      `${path}: members[2].roles: finance: a party of type hub has coordinator, lead`,
    ]);
    expect(told(JSON.stringify({ parties: [hub], members: [{ ...person, roles: ['boss'] }] }))).toMatch(
      /^.*parties\.json: members\[0\]\.roles\[0\]: .*"coordinator"[^\n]*$/,
    );
    expect(told('{')).toMatch(/^.*parties\.json cannot be read: [^\n]+$/);
  });

  it('names the hubs that nobody can reach, since no page could say how', () => {
    const county = { ...hub, id: 'county', contact: { hours: '8:00–20:00', phones: ['027-00000009转8'] } };
    expect(told(JSON.stringify({ parties: [hub, county], members: [] }))).toBe('');
    expect(hubsWithoutContact(readPartiesFile(path))).toEqual([expect.stringMatching(/^hub has no contact/)]);
    const wrong = { ...hub, contact: { phones: ['请打电话'] } };
    expect(told(JSON.stringify({ parties: [wrong], members: [] }))).toContain('parties[0].contact.phones[0]');
  });

  const start = (environment: Readonly<Record<string, string>>, ...args: string[]) =>
    spawnSync(process.execPath, ['cdk/cli/start.ts', '--empty', ...args], {
      cwd: new URL('../../', import.meta.url).pathname,
      env: { PATH: process.env.PATH, JIELI_DATA: join(folder, 'data'), ...environment },
      encoding: 'utf8',
    });

  it.each([
    [{ JIELI_THREADS: 'many' }, 'JIELI_THREADS=many is not right. It must be: a number from 2 to 1000, such as 8.\n'],
    [{ PORT: 'abc' }, 'PORT=abc is not right. It must be: a number from 1 to 65535, such as 3000.\n'],
    [
      { ...right, JIELI_PUBLIC_URL: 'hub.example.org' },
      'JIELI_PUBLIC_URL=hub.example.org is not right. It must be: an address with https://, such as https://hub.example.org.\n',
    ],
  ])('ends npm start with that line and nothing begun: %j', (environment, says) => {
    const { status, stderr, stdout } = start(environment);
    expect({ status, stderr, stdout }).toEqual({ status: 78, stderr: says, stdout: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is found in a file of settings too, which keeps secrets off the command line', () => {
    const file = join(folder, 'jieli.env');
    writeFileSync(file, 'PORT=70000\n');
    const { status, stderr } = start({}, '--settings', file);
    expect({ status, stderr }).toEqual({
      status: 78,
      stderr: 'PORT=70000 is not right. It must be: a number from 1 to 65535, such as 3000.\n',
    });
    expect(start({}, '--settings', `${file}.not`).stderr).toMatch(/^--settings: [^\n]+\n$/);
  });
});
