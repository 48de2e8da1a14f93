import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync(new URL('../../functions/THREATS.md', import.meta.url), 'utf8');
/** The tests that the threat model names: file, and a part of the test's name. */
const named = [...text.matchAll(/\| `(test\/[^`]+)`: ([^|]+?) *\|$/gm)].map(
  ([, file = '', name = '']) => [file, name] as const,
);

describe('the threat model', () => {
  it('names a test in every line of its table', () => {
    const lines = text.split('\n').filter((line) => /^\| (?!what \|)/.test(line));
    expect(named.length).toBe(lines.length);
    expect(named.length).toBeGreaterThan(15);
  });

  it.each(named)('%s has the test “%s”', (file, name) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(source).toContain(name);
  });
});
