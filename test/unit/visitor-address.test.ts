import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitorAddress } from '../../functions/visitor/address.ts';
import { addressHash, networkOf, siteOf } from '../../shared/secrets/address-hash.ts';

const event = (sourceIp: string) => ({ requestContext: { http: { sourceIp } } });
const ip = fc.ipV4();
/** whatever a visitor may send as X-Forwarded-For */
const claimed = fc.array(fc.oneof(ip, fc.ipV6(), fc.string()), { maxLength: 5 });

describe('the address of a visitor', () => {
  it('is who connected to the gateway, whatever the visitor claims, when no proxy is trusted', () => {
    fc.assert(
      fc.property(ip, claimed, (visitor, claims) => {
        const header = [...claims, visitor].join(', ');
        expect(visitorAddress(event(visitor), header, 0)).toBe(visitor);
        expect(visitorAddress(event(visitor), undefined, 0)).toBe(visitor);
      }),
    );
  });

  it('is what the trusted proxies say from the right, whatever the visitor claims on the left', () => {
    fc.assert(
      fc.property(
        ip,
        claimed,
        fc.uniqueArray(fc.ipV4(), { minLength: 1, maxLength: 3 }),
        (visitor, claims, proxies) => {
          fc.pre(!proxies.includes(visitor));
          // the visitor connects to the first proxy, each adds who connected to it, and so does the gateway
          const header = [...claims, visitor, ...proxies].join(', ');
          expect(visitorAddress(event(proxies.at(-1) ?? ''), header, proxies.length)).toBe(visitor);
        },
      ),
    );
  });

  it('is known from the header alone where the gateway adds nothing to it', () => {
    expect(visitorAddress(event('10.0.0.1'), '203.0.113.9', 1)).toBe('203.0.113.9');
  });

  it('is the one that connected when fewer proxies spoke than are trusted', () => {
    expect(visitorAddress(event('203.0.113.9'), '203.0.113.9', 2)).toBe('203.0.113.9');
  });

  it('is nobody’s in particular where no gateway says it: all such count as one', () => {
    expect(visitorAddress(undefined, '203.0.113.9', 1)).toBe('unknown');
    expect(visitorAddress({ requestContext: {} }, undefined, 0)).toBe('unknown');
  });
});

describe('who an address stands for', () => {
  it('is the whole /64 of an IPv6 address, in whatever way it is written', () => {
    for (const written of [
      '2001:db8:0:1::1',
      '2001:0DB8:0000:0001:ffff:ffff:ffff:ffff',
      '2001:db8:0:1:0:0:10.0.0.1',
      '2001:db8:0:1::%eth0',
      '[2001:db8:0:1::2]',
      '[2001:db8:0:1::2]:443',
    ])
      expect(networkOf(written)).toBe('2001:db8:0:1::/64');
    expect(networkOf('2001:db8:0:2::1')).toBe('2001:db8:0:2::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('1::')).toBe('1:0:0:0::/64');
  });

  it('is counted with the /48 around it too, and nothing is around any other address', () => {
    for (const written of ['2001:db8:7:1::1', '[2001:db8:7:ffff::2]:443'])
      expect(siteOf(written)).toBe('2001:db8:7::/48');
    expect(siteOf('::1')).toBe('0:0:0::/48');
    for (const other of ['192.0.2.7', '::ffff:192.0.2.7', 'unknown', '']) expect(siteOf(other)).toBeUndefined();
  });

  it('is an IPv4 address itself, also in the clothes of IPv6 or with a port', () => {
    for (const written of ['192.0.2.7', '::ffff:192.0.2.7', ' 192.0.2.7 ', '192.0.2.7:51234'])
      expect(networkOf(written)).toBe('192.0.2.7');
  });

  it('is one knocker for whatever is no address, so that nobody gets a fresh count by inventing one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[\s[]*[\da-fA-F:.]+/.test(text));
        expect(networkOf(text)).toBe('unknown');
      }),
    );
  });

  it('is a hash that says nothing without the key', () => {
    const key = randomBytes(32);
    expect(addressHash(key, '2001:db8::1')).toBe(addressHash(key, '2001:db8::2'));
    expect(addressHash(key, '192.0.2.7')).not.toBe(addressHash(key, '192.0.2.8'));
    expect(addressHash(randomBytes(32), '192.0.2.7')).not.toBe(addressHash(key, '192.0.2.7'));
    expect(addressHash(key, '192.0.2.7')).toMatch(/^[\w-]{22}$/);
  });
});
