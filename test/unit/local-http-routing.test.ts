import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../cdk/local/http-api/request-target.ts';
import { createRouteTable } from '../../cdk/local/http-api/route-table.ts';
import { createTokenBucket } from '../../cdk/local/http-api/token-bucket.ts';

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((part) => !/[/?#]|^\.{1,2}$/.test(part) && part.isWellFormed());

describe('the request target', () => {
  it('gives every path and query back as it was meant, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(text, { maxLength: 4 }),
        (segments, names) => {
          const path = `/${segments.map(encodeURIComponent).join('/')}`;
          const query = names
            .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(`of ${name}`)}`)
            .join('&');
          const target = parseTarget(query === '' ? path : `${path}?${query}`);
          expect(target.rawPath).toBe(`/${segments.join('/')}`);
          expect(target.rawQueryString).toBe(query);
          expect(Object.entries(target.query)).toHaveLength(names.length);
          for (const name of names) expect(target.query[name]).toBe(`of ${name}`);
        },
      ),
    );
  });

  it('never throws, whatever a client sends', () => {
    fc.assert(fc.property(fc.string(), (target) => void parseTarget(`/${target}`)));
  });

  it('ends the path at an encoded question mark, as HTTP APIs do', () => {
    expect(parseTarget('/a%3Fb/c?d=1')).toEqual({ rawPath: '/a', rawQueryString: 'd=1', query: { d: '1' } });
  });

  it('takes absolute targets and odd names for what they are', () => {
    expect(parseTarget('http://hub.example/a?b=1').rawPath).toBe('/a');
    expect(Object.entries(parseTarget('/?__proto__=1&constructor=2').query)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});

describe('the route table', () => {
  const segment = fc.constantFrom('a', 'b', '{x}', '{y}');
  const routeKey = fc
    .tuple(fc.constantFrom('GET', 'POST', 'ANY'), fc.array(segment, { minLength: 1, maxLength: 3 }), fc.boolean())
    .filter(
      ([, segments]) =>
        new Set(segments.filter((part) => part.startsWith('{'))).size ===
        segments.filter((part) => part.startsWith('{')).length,
    )
    .map(([method, segments, greedy]) => `${method} /${[...segments, ...(greedy ? ['{rest+}'] : [])].join('/')}`);
  const table = (keys: readonly string[]) => createRouteTable(keys.map((key) => ({ routeKey: key, functionArn: key })));

  it('does not depend on the order in which the routes are given', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(routeKey, { selector: (key) => key.replaceAll(/\{[xy]\}/g, '{}'), maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('GET', 'POST', 'PUT'),
        (keys, path, method) => {
          const forward = table(keys).match(method, `/${path.join('/')}`);
          const backward = table([...keys].reverse()).match(method, `/${path.join('/')}`);
          expect(forward?.route.routeKey).toBe(backward?.route.routeKey);
        },
      ),
    );
  });

  it('prefers a route without a greedy variable to any with one', () => {
    expect(table(['GET /a/b/{rest+}', 'GET /{x}/{y}/{z}']).match('GET', '/a/b/c')?.route.routeKey).toBe(
      'GET /{x}/{y}/{z}',
    );
  });
});

describe('the token bucket', () => {
  it('never gives more than the burst and what came back since', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 200 }),
        (burst, rate, waits) => {
          const take = createTokenBucket({ burst, rate });
          let now = 0;
          let given = 0;
          for (const wait of waits) {
            now += wait;
            if (take(now)) given += 1;
            expect(given).toBeLessThanOrEqual(burst + (now / 1_000) * rate + 1e-6);
          }
        },
      ),
    );
  });
});
