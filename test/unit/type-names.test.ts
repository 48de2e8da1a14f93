import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const IMPORTED = /\bfrom '(\.[^']+)'|\bimport '(\.[^']+)'/g;
const TYPE = /^export (?:abstract )?(?:type|interface|class) (\w+)/gm;

/** The project's own files that an entry is bundled from, types included. */
function filesOf(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const [, from, bare] of readFileSync(entry, 'utf8').matchAll(IMPORTED)) {
    const file = join(dirname(entry), from ?? bare ?? '');
    if (existsSync(file)) filesOf(file, found);
  }
  return found;
}

/** The exported types that more than one of a function's files has, with those files. */
function namedTwice(entry: string): string[] {
  const files = new Map<string, string[]>();
  for (const file of filesOf(entry))
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(TYPE))
      files.set(name, [...(files.get(name) ?? []), file]);
  return [...files].filter(([, of]) => of.length > 1).map(([name, of]) => `${name}: ${of.sort().join(', ')}`);
}

const handlers = globSync('functions/**/handler.ts');

test('every function is looked through, with what it imports', () => {
  expect(handlers).toContain('functions/site/handler.ts');
  expect(filesOf('functions/site/handler.ts').size).toBeGreaterThan(100);
});

test.each(handlers)('no exported type has the name of another one in %s', (handler) => {
  expect(namedTwice(handler)).toEqual([]);
});
