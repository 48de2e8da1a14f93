import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { MemberId } from '../../../shared/domain/ids.ts';
import type { Logout } from './issuer.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** How old a token may be: it is sent the moment somebody signs out. */
const FRESH = '10m';

const Said = z
  .object({
    sub: MemberId.optional(),
    sid: z.string().min(1).max(255).optional(),
    jti: z.string().min(1).max(255),
    events: z.object({ [EVENT]: z.record(z.string(), z.unknown()) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/** What jose says when the keys could not be had; everything else it says is about the token. */
const NO_KEYS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/**
 * What a logout token says, checked as OpenID Connect Back-Channel Logout 1.0 (section 2.6) asks: signature, issuer, client,
 * times, the event, a subject or a session, a name of its own, and no nonce, so that an identity token is none.
 * @returns undefined for what is none
 */
export async function logoutIn(
  token: string,
  keys: JWTVerifyGetKey,
  issuer: string,
  clientId: string,
): Promise<Logout | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms: ALGORITHMS,
      currentDate: new Date(Date.now()),
      maxTokenAge: FRESH,
      clockTolerance: 60,
      requiredClaims: ['iat', 'jti'],
    });
    const kind = (protectedHeader.typ ?? 'jwt').toLowerCase().replace(/^application\//, '');
    const said = Said.safeParse(payload);
    if (!said.success || !['jwt', 'logout+jwt'].includes(kind)) return undefined;
    const { sub: member, sid, jti } = said.data;
    return { member, sid, jti };
  } catch (error) {
    if (error instanceof errors.JOSEError && !NO_KEYS.has(error.code)) return undefined;
    throw error;
  }
}
