import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as client from 'openid-client';
import * as z from 'zod';
import { MemberId } from '../../../shared/domain/ids.ts';
import { logoutIn } from './logout-token.ts';

const Sid = z.string().min(1).max(255);

/** What a person need not type again who becomes a member: it is shown and can be changed. */
export const Claims = z.object({
  name: z.string().max(200).optional(),
  email: z.string().max(254).optional(),
  /** the same address, where the issuer says that it has verified it */
  verifiedEmail: z.string().max(254).optional(),
});
export type Claims = z.infer<typeof Claims>;

/** `email_verified` of OpenID Connect Core 5.1: a boolean, which some issuers write as text. */
const Verified = z.object({ email: z.string(), email_verified: z.union([z.literal(true), z.literal('true')]) });

function verifiedIn(claims: unknown): string | undefined {
  return Verified.safeParse(claims).data?.email;
}

/** What the issuer said about a person. */
export interface Vouched {
  readonly member: MemberId;
  /** how the person is called there, and their mail address, where it says */
  readonly claims?: Claims | undefined;
  readonly refreshToken: string | undefined;
  /** what the issuer calls the person's session there, where it has a name for it */
  readonly sid?: string | undefined;
  /** seconds until it wants to be asked again */
  readonly lasts: number;
}

/** What must be the same when the person comes back from the issuer. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** That somebody signed out at the issuer: from one session there, or, without `sid`, from all. */
export interface Logout {
  readonly member?: MemberId | undefined;
  readonly sid?: string | undefined;
  /** the token's own name: it counts once */
  readonly jti: string;
}

/** The OIDC issuer that staff sign in with. */
export interface Issuer {
  /** Where to send the person, and what to keep until they are back. */
  begin(redirectUri: string): Promise<Attempt & { readonly url: string }>;
  /** Takes the code in the address that the person came back to; throws when it is not what was begun. */
  finish(currentUrl: URL, attempt: Attempt): Promise<Vouched>;
  /** Asks whether the person may stay; undefined when the issuer says no. Throws when it cannot be asked. */
  renew(member: MemberId, refreshToken: string): Promise<Vouched | undefined>;
  /** What a logout token says; undefined when it is none of this issuer's for us. Throws when its keys cannot be had. */
  readLogout(token: string): Promise<Logout | undefined>;
  /**
   * Where the person signs out at the issuer; undefined when it has no such page. The identity token is not sent along
   * as a hint: with it a name and an e-mail address would stand in an address.
   */
  goodbye(backTo: string): Promise<string | undefined>;
}

const HOUR = 3600;
/** How long discovery is believed, in milliseconds. */
const BELIEVED = 3_600_000;

/** How a client with a secret shows it: in the header, which is the default of OpenID Connect, where the issuer takes that. */
function withSecret(secret: string): client.ClientAuth {
  const [inHeader, inBody] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const takes = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return takes.includes('client_secret_basic') ? inHeader(server, ...rest) : inBody(server, ...rest);
  };
}

/**
 * Authorization code with PKCE, state and nonce; the issuer's signature is checked, too.
 * @param secret for an issuer that insists on one; without, a public client
 */
export function createIssuer(issuer: string, clientId: string, secret?: string): Issuer {
  let keys: { readonly uri: string; readonly get: JWTVerifyGetKey } | undefined;
  let known: { readonly until: number; readonly configuration: Promise<client.Configuration> } | undefined;

  function discover(): Promise<client.Configuration> {
    const now = performance.now();
    if (known && now < known.until) return known.configuration;
    const url = new URL(issuer);
    const configuration = client.discovery(
      url,
      clientId,
      undefined,
      secret === undefined ? client.None() : withSecret(secret),
      {
        timeout: 10,
        execute: [
          client.enableNonRepudiationChecks,
          ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : []),
        ],
      },
    );
    known = { until: now + BELIEVED, configuration };
    configuration.catch(() => {
      known = undefined;
    });
    return configuration;
  }

  return {
    async begin(redirectUri) {
      const configuration = await discover();
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const offline = configuration.serverMetadata().scopes_supported?.includes('offline_access') === true;
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: `openid profile email${offline ? ' offline_access' : ''}`,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { ...attempt, url: url.href };
    },

    async finish(currentUrl, attempt) {
      const tokens = await client.authorizationCodeGrant(await discover(), currentUrl, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      return {
        member: MemberId.parse(claims?.sub),
        sid: Sid.safeParse(claims?.sid).data,
        claims: Claims.safeParse({ name: claims?.name, email: claims?.email, verifiedEmail: verifiedIn(claims) }).data,
        refreshToken: tokens.refresh_token,
        lasts: tokens.expires_in ?? HOUR,
      };
    },

    async renew(member, refreshToken) {
      try {
        const tokens = await client.refreshTokenGrant(await discover(), refreshToken);
        const claims = tokens.claims();
        if (claims && claims.sub !== member) return undefined;
        return {
          member,
          refreshToken: tokens.refresh_token ?? refreshToken,
          lasts: tokens.expires_in ?? HOUR,
        };
      } catch (error) {
        if (error instanceof client.ResponseBodyError && (error.status === 400 || error.status === 401))
          return undefined;
        throw error;
      }
    },

    async readLogout(token) {
      const { jwks_uri: uri } = (await discover()).serverMetadata();
      if (uri === undefined) return undefined;
      if (keys?.uri !== uri) keys = { uri, get: createRemoteJWKSet(new URL(uri)) };
      return logoutIn(token, keys.get, issuer, clientId);
    },

    async goodbye(backTo) {
      const configuration = await discover();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: backTo,
        // Amazon Cognito's name for the same
        logout_uri: backTo,
      }).href;
    },
  };
}
