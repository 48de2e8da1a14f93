import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCaseId } from '../../shared/domain/ids.ts';
import { lookupHash } from '../../shared/secrets/lookup-hash.ts';
import {
  caseOfSecret,
  isLinkSecret,
  linkSecret,
  linkVersionOf,
  MOST_VERSIONS,
} from '../../shared/secrets/private-link.ts';

const key = randomBytes(32);

describe('the secret of a private link', () => {
  it('is the same each time, says which case it is for, and opens that case and link version only', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MOST_VERSIONS - 1 }),
        fc.constantFrom('need', 'grant', 'insurance'),
        (version, kind) => {
          const [id, other] = [newCaseId(kind), newCaseId(kind)];
          const secret = linkSecret(key, id, version);
          expect(linkSecret(key, id, version)).toBe(secret);
          expect(caseOfSecret(secret)).toBe(id);
          expect(isLinkSecret(key, secret, id, version)).toBe(true);
          expect(linkVersionOf(key, secret, id)).toBe(version);
          expect(linkVersionOf(key, secret, other)).toBeUndefined();
          expect(isLinkSecret(key, secret, id, version + 1)).toBe(false);
          expect(isLinkSecret(key, secret, other, version)).toBe(false);
          expect(isLinkSecret(randomBytes(32), secret, id, version)).toBe(false);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is void with any letter changed, left out or added', () => {
    const id = newCaseId('need');
    const secret = linkSecret(key, id, 1);
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_='];
    for (let at = 0; at < secret.length; at++) {
      expect(isLinkSecret(key, secret.slice(0, at) + secret.slice(at + 1), id, 1)).toBe(false);
      for (const letter of letters) {
        if (letter === secret[at]) continue;
        expect(isLinkSecret(key, secret.slice(0, at) + letter + secret.slice(at + 1), id, 1)).toBe(false);
      }
    }
    for (const letter of letters) expect(isLinkSecret(key, secret + letter, id, 1)).toBe(false);
  });

  it('is not looked for in what cannot be one', () => {
    const secret = linkSecret(key, newCaseId('need'), 1);
    const wrong = [
      '',
      'x',
      secret.slice(1),
      `${secret}\n`,
      ` ${secret}`,
      secret.toLowerCase(),
      secret.replace('-', '/'),
    ];
    for (const each of wrong) expect(caseOfSecret(each)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(caseOfSecret(text)).toBeUndefined();
      }),
    );
  });
});

describe('the hash by which a person is found', () => {
  it('is the same for either spelling of the last letter, another with another key, and does not tell the number', () => {
    const number = '11000019900101001X';
    expect(lookupHash(key, 'identity', number)).toBe(lookupHash(key, 'identity', number.toLowerCase()));
    expect(lookupHash(key, 'identity', number)).not.toBe(lookupHash(randomBytes(32), 'identity', number));
    expect(lookupHash(key, 'identity', number)).toMatch(/^[\w-]{22}$/);
    expect(lookupHash(key, 'identity', number)).not.toContain(number);
  });
});
