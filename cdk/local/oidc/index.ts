import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { importJWK, type JSONWebKeySet, SignJWT } from 'jose';
import { errors, Provider } from 'oidc-provider';
import { installClock, type LocalClock } from '../clock.ts';
import { readBody } from '../http-api/read-body.ts';
import type { IssuerClient } from './issuer-client.ts';
import { loadIssuerKeys, publicPartOf } from './issuer-keys.ts';
import { errorPage, signInPage } from './pages.ts';
import type { Person } from './person.ts';
import { providerConfiguration, SCOPES_IN_ACCESS_TOKENS } from './provider-configuration.ts';
import { createSessionStore } from './session-store.ts';

export interface IssuerOptions {
  /** The issuer as tokens name it; its path is where it is served, e.g. `http://localhost:3000/_aws/oidc`. */
  readonly issuerUrl: string;
  readonly dataDir: string;
  /** Of several the first is the one for which tokens are minted. */
  readonly clients: readonly IssuerClient[];
  readonly people: readonly Person[];
  /** Scopes of the API that everyone gets, beside those of OpenID Connect. */
  readonly scopes?: readonly string[];
  readonly clock: LocalClock;
}

/** An OpenID Connect issuer. */
export interface Issuer {
  readonly issuerUrl: string;
  /** What it serves at its `jwks_uri`. */
  readonly publicKeys: JSONWebKeySet;
  /** Whether a request is for the issuer, by its path. */
  handles(url: string): boolean;
  /** Answers such a request. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** An access token as this person would get it by signing in, for twelve hours. Throws for somebody unknown. */
  mintAccessToken(sub: string): Promise<string>;
  close(): void;
}

const MINTED_FOR_SECONDS = 12 * 3_600;
const MOST_FORM_BYTES = 10_000;

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(html);
}

/**
 * Serves an issuer whose people sign in by choosing who they are. Keys, sessions and refresh tokens live in the data
 * folder: whoever is signed in stays so over a restart, on another port too. The provider reads `Date`, so this also
 * installs the clock in the process.
 */
export async function createIssuer(options: IssuerOptions): Promise<Issuer> {
  const { issuerUrl, dataDir, clients, people, scopes = [], clock } = options;
  const folder = join(dataDir, 'oidc');
  const prefix = new URL(issuerUrl).pathname.replace(/\/$/, '');
  const signInPath = `${prefix}/sign-in/`;
  installClock(clock.shared);
  mkdirSync(folder, { recursive: true });
  const keys = await loadIssuerKeys(folder);
  const store = createSessionStore(join(folder, 'sessions.sqlite'), clock.now);
  const provider: Provider = new Provider(
    issuerUrl,
    providerConfiguration({
      keys,
      clients,
      people,
      scopes,
      prefix,
      signInPath,
      adapter: store.adapter,
      grants: () => provider.Grant,
    }),
  );
  provider.on('server_error', (_, error) => console.error('The OIDC issuer failed:', error));
  provider.on('backchannel.error', (_, error) => console.error('The OIDC issuer could not tell of a sign-out:', error));
  const serve = provider.callback();

  const signIn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, uid } = await provider.interactionDetails(request, response);
    // Everybody has consented to everything here: a client that asks again is answered at once.
    if (prompt.name !== 'login') return provider.interactionFinished(request, response, { consent: {} });
    if (request.method !== 'POST') return sendPage(response, 200, signInPage(people, `${signInPath}${uid}`));
    const form = new URLSearchParams((await readBody(request, MOST_FORM_BYTES))?.toString('utf8') ?? '');
    const person = people.find(({ sub }) => sub === form.get('sub'));
    if (person === undefined) return sendPage(response, 400, signInPage(people, `${signInPath}${uid}`));
    await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
  };

  return {
    issuerUrl,
    publicKeys: { keys: [publicPartOf(keys.signing)] },
    handles: (url) => url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`),
    async handle(request, response) {
      const url = request.url ?? '/';
      if (!url.startsWith(signInPath)) {
        // The provider takes what is cut off here for the path it is mounted on.
        Object.assign(request, { originalUrl: url, url: url.slice(prefix.length).replace(/^(?!\/)/, '/') });
        return serve(request, response);
      }
      try {
        await signIn(request, response);
      } catch (error) {
        if (!(error instanceof errors.SessionNotFound)) throw error;
        sendPage(response, 400, errorPage('session_not_found', 'This sign-in was finished or is too old.'));
      }
    },
    async mintAccessToken(sub) {
      const person = people.find((candidate) => candidate.sub === sub);
      const [client] = clients;
      if (person === undefined)
        throw new Error(`Nobody is called ${sub}; there are ${people.map((p) => p.sub).join(', ')}`);
      if (client === undefined) throw new Error('The issuer has no client to mint a token for');
      const { name, email, claims } = person;
      const issuedAt = Math.floor(clock.now() / 1_000);
      return new SignJWT({
        ...claims,
        name,
        email,
        client_id: client.clientId,
        scope: [...SCOPES_IN_ACCESS_TOKENS, ...scopes].join(' '),
      })
        .setProtectedHeader({
          alg: 'RS256',
          typ: 'at+jwt',
          ...(keys.signing.kid === undefined ? {} : { kid: keys.signing.kid }),
        })
        .setIssuer(issuerUrl)
        .setSubject(sub)
        .setAudience(client.clientId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + MINTED_FOR_SECONDS)
        .sign(await importJWK(keys.signing, 'RS256'));
    },
    close: store.close,
  };
}
