import {
  createRemoteJWKSet,
  errors,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { Retryable } from '../../shared/domain/errors.ts';
import { MemberId } from '../../shared/domain/ids.ts';

/** Says whose token it is; undefined when it is none of ours, or no longer valid. */
export type VerifyToken = (token: string) => Promise<MemberId | undefined>;

/** What API Gateway takes too: "Currently, only RSA-based algorithms are supported". */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const TIMEOUT_MS = 3_000;

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const found: unknown = await response.json();
  const uri = typeof found === 'object' && found !== null && 'jwks_uri' in found ? found.jwks_uri : undefined;
  if (!response.ok || typeof uri !== 'string') throw new Error('the issuer has no keys');
  return createRemoteJWKSet(new URL(uri), { timeoutDuration: TIMEOUT_MS });
}

/** The gateway's rule: some issuers name the client as audience; `client_id` counts only where a token has no audience. */
function isFor(client: string, { aud, client_id: id }: JWTPayload): boolean {
  if (aud === undefined) return id === client;
  return aud === client || (Array.isArray(aud) && aud.includes(client));
}

/** How far an issuer's clock may be ahead, in seconds: what was just issued must not be refused. */
const AHEAD = 30;

/** The rest of the gateway's rules, which jose does not have: a key that is named, and a time of issue that has come. */
function isIssued({ kid }: JWTHeaderParameters, { iat, exp }: JWTPayload): boolean {
  const now = Date.now() / 1000;
  // the tolerance is for beginnings: when a token ends is not stretched
  return kid !== undefined && (iat === undefined || iat <= now + AHEAD) && (exp === undefined || exp > now);
}

/**
 * Whether a token is an access token. An issuer signs identity tokens and logout tokens with the same keys; neither permits
 * anything. The header names the token's kind (RFC 9068), or Amazon Cognito's `token_use` does. A token without either must have
 * a client or a scope, and no claim that identity and logout tokens alone have.
 */
function isAccessToken({ typ }: JWTHeaderParameters, payload: JWTPayload): boolean {
  const kind = (typ ?? 'jwt').toLowerCase().replace(/^application\//, '');
  const { token_use: use, nonce, at_hash: hash, events, client_id: id, scope, scp } = payload;
  if (events !== undefined || nonce !== undefined || hash !== undefined) return false;
  if (use !== undefined) return use === 'access';
  if (kind === 'at+jwt') return true;
  return kind === 'jwt' && [id, scope, scp].some((said) => said !== undefined);
}

/** What jose says when the keys could not be had; everything else it says is about the token. */
const NO_KEYS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

function isBadToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && !NO_KEYS.has(error.code);
}

/**
 * Verifies access tokens of an OIDC issuer: signature by its published keys, issuer, client, kind and times. The gateway checks
 * those of guarded routes too; here the same holds for every route, with an optional token as well, and the kind besides.
 * @returns a function that throws {@link Retryable} while the issuer cannot be reached
 */
export function tokenVerifier(issuer: string, client: string): VerifyToken {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (token) => {
    keys ??= discover(issuer);
    try {
      const getKey = await keys;
      const options = {
        issuer,
        algorithms: ALGORITHMS,
        currentDate: new Date(Date.now()),
        clockTolerance: AHEAD,
        requiredClaims: ['sub', 'exp'],
      };
      const { payload, protectedHeader } = await jwtVerify(token, getKey, options);
      return isFor(client, payload) && isIssued(protectedHeader, payload) && isAccessToken(protectedHeader, payload)
        ? MemberId.safeParse(payload.sub).data
        : undefined;
    } catch (error) {
      if (isBadToken(error)) return undefined;
      keys = undefined;
      throw new Retryable('the issuer cannot be reached', { cause: error });
    }
  };
}
