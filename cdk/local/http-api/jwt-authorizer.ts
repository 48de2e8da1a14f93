import type { IncomingMessage } from 'node:http';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import type { Millis } from '../types.ts';
import type { JwtAuthorizer } from './definition.ts';
import { gatewayMessage, type HttpResponse } from './function-response.ts';
import type { AuthorizerContext } from './payload-event.ts';
import type { RequestTarget } from './request-target.ts';

/** What an authorizer decided: what to hand on, or what to answer instead. */
export type Decision = { readonly context: AuthorizerContext } | { readonly refusal: HttpResponse };

export interface AuthorizerSource {
  readonly request: IncomingMessage;
  readonly target: RequestTarget;
  readonly scopes: readonly string[];
  readonly now: Millis;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const ENDPOINT_TIMEOUT_MS = 1_500;
/** "Currently, only RSA-based algorithms are supported" (API Gateway developer guide). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/**
 * How far an issuer's clock may be ahead of this one. AWS names no figure for its own; one server and its issuer are seldom a second
 * apart, and what was just issued must not be refused. When a token ends is not stretched.
 */
const AHEAD_MS = 30_000;

const UNREACHED = 'OIDC discovery endpoint communication error';

class Refused extends Error {}

function tokenOf(source: string, request: IncomingMessage, target: RequestTarget): string | undefined {
  const [, kind, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  const found = kind === 'querystring' ? target.query[name] : request.headers[name.toLowerCase()];
  const text = Array.isArray(found) ? found[0] : found;
  return text?.replace(/^Bearer /i, '').trim();
}

/** Claims reach a function as text: lists as `[a b]`, as the gateway prints them. */
function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([name, content]) => `${name}:${claimText(content)}`).join(' ')}]`;
  }
  return String(value);
}

/** `aud` if there is one, else `client_id`. */
function audienceOf({ aud, client_id: client }: JWTPayload): readonly unknown[] {
  if (aud === undefined) return [client];
  return Array.isArray(aud) ? aud : [aud];
}

function scopesOf({ scope, scp }: JWTPayload): readonly string[] {
  const found = scope ?? scp;
  if (Array.isArray(found)) return found.map(String);
  return typeof found === 'string' ? found.split(' ').filter((part) => part !== '') : [];
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(ENDPOINT_TIMEOUT_MS) });
  const found: unknown = await response.json();
  const uri = typeof found === 'object' && found !== null && 'jwks_uri' in found ? found.jwks_uri : undefined;
  if (!response.ok || typeof uri !== 'string') throw new Refused(UNREACHED);
  return createRemoteJWKSet(new URL(uri), { timeoutDuration: ENDPOINT_TIMEOUT_MS });
}

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'the token does not have a valid issuer';
    if (error.claim === 'nbf') return 'the token is not valid yet';
    return `the token does not have a valid ${error.claim}`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the token signature is invalid';
  if (error instanceof errors.JWKSNoMatchingKey) return 'signing key not found';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the token algorithm is not supported';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'the token is malformed';
  return UNREACHED;
}

/**
 * Checks tokens as an HTTP API's JWT authorizer does: signature (RSA only), issuer, audience or client, times, and one of
 * the route's scopes. `local` are the issuer's keys where they need not be fetched: an issuer in this process has no time
 * to be asked while everything starts. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function createJwtAuthorizer(
  authorizer: JwtAuthorizer,
  local?: JSONWebKeySet,
): (source: AuthorizerSource) => Promise<Decision> {
  const { issuer, audience, identitySource = '$request.header.Authorization' } = authorizer;
  let keys: Promise<JWTVerifyGetKey> | undefined = local && Promise.resolve(createLocalJWKSet(local));

  const verify = async (token: string, now: Millis): Promise<JWTPayload> => {
    keys ??= discoverKeys(issuer);
    const found = await keys.catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    const currentDate = new Date(now);
    const clockTolerance = AHEAD_MS / 1_000;
    const options = { issuer, algorithms: ALGORITHMS, currentDate, clockTolerance, requiredClaims: ['exp'] };
    const { payload, protectedHeader } = await jwtVerify(token, found, options);
    if (protectedHeader.kid === undefined) throw new Refused('the token does not name its signing key');
    if (!audienceOf(payload).some((given) => typeof given === 'string' && audience.includes(given))) {
      throw new Refused('the token does not have a valid audience');
    }
    if (payload.exp !== undefined && payload.exp * 1_000 <= now) throw new Refused('the token has expired');
    if (payload.iat !== undefined && payload.iat * 1_000 > now + AHEAD_MS)
      throw new Refused('the token was issued in the future');
    return payload;
  };

  return async ({ request, target, scopes, now }) => {
    const asked = scopes.join(' ');
    const token = tokenOf(identitySource, request, target);
    if (token === undefined || token === '') {
      return { refusal: gatewayMessage(401, 'Unauthorized', { 'www-authenticate': 'Bearer' }) };
    }
    let payload: JWTPayload;
    try {
      payload = await verify(token, now);
    } catch (error) {
      const header = `Bearer scope="${asked}" error="invalid_token" error_description="${reasonOf(error)}"`;
      return { refusal: gatewayMessage(401, 'Unauthorized', { 'www-authenticate': header }) };
    }
    const granted = scopesOf(payload);
    if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) {
      const header = `Bearer scope="${asked}" error="insufficient_scope" error_description="the token does not have a required scope"`;
      return { refusal: gatewayMessage(403, 'Forbidden', { 'www-authenticate': header }) };
    }
    const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
    return { context: { jwt: { claims, scopes: scopes.length === 0 ? null : scopes } } };
  };
}
