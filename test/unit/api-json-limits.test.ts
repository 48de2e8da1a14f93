import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertModest } from '../../functions/api/json-limits.ts';
import { MAX_VOLUNTEERS } from '../../shared/kinds/insurance/input.ts';

describe('JSON that costs more than its length says', () => {
  it('is told from whatever a person could send, brackets within texts and all', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), (json) => assertModest(json) === undefined));
    expect(() => assertModest(JSON.stringify({ note: `${'[{'.repeat(9_000)}\\"${','.repeat(90_000)}` }))).not.toThrow();
  });

  it('lets the largest roster through', () => {
    const volunteers = Array.from({ length: MAX_VOLUNTEERS }, () => ({
      name: '陈晓',
      identityNumber: '1',
      phone: '1',
    }));
    expect(() => assertModest(JSON.stringify({ volunteers }))).not.toThrow();
  });

  it.each([
    ['too deep', '['.repeat(50), 'unreadable-body'],
    ['too deep after a text', `{"a":"]]]","b":${'{"c":'.repeat(50)}`, 'unreadable-body'],
    ['too many values', `[${'1,'.repeat(50_000)}1]`, 'too-large'],
    ['too many fields', `{${'"a":1,'.repeat(50_000)}"a":1}`, 'too-large'],
  ])('is refused when it is %s', (_, json, code) => {
    expect(() => assertModest(json)).toThrow(expect.objectContaining({ code }));
  });

  it('ends on whatever is no JSON at all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          assertModest(text);
        } catch (error) {
          expect(error).toHaveProperty('code');
        }
      }),
    );
  });
});
