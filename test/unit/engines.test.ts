import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const Engines = z.object({ node: z.string().optional() });
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), engines: Engines.optional(), optional: z.boolean().default(false) }),
  ),
});
const { packages } = Lock.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));

type Version = readonly [number, number, number];
function versionOf(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor, patch];
}
const isBelow = (one: Version, other: Version): boolean => {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
};

/** Whether a version is in a range as packages write it: `>=20`, `^20.19.0 || >=22.12.0`, `20 || 22`, `*`. */
function isIn(version: Version, range: string): boolean {
  return range.split('||').some((part) =>
    [...part.matchAll(/(>=|<|\^|~)?\s*v?([\dx*.]+)/g)].every(([, sign = '^', text = '']) => {
      const bound = versionOf(text);
      if (/^[x*]/.test(text)) return true;
      if (sign === '<') return isBelow(version, bound);
      return !isBelow(version, bound) && (sign === '>=' || version[0] === bound[0]);
    }),
  );
}

it('npm ci warns of no package on the oldest Node that the project says npm may run on', () => {
  const oldest = versionOf(packages['']?.engines?.node?.replace('>=', '') ?? '');
  const refused = Object.entries(packages).flatMap(([name, { engines, optional }]) =>
    !optional && engines?.node && !isIn(oldest, engines.node) ? [`${name}: ${engines.node}`] : [],
  );
  expect(refused).toEqual([]);
});

it('the Node that the project runs on, and editors take, is the one that it brings along', () => {
  const brought = packages['node_modules/node']?.version ?? '';
  expect(readFileSync(join(ROOT, '.node-version'), 'utf8').trim()).toBe(String(versionOf(brought)[0]));
});

it('every version that the project says of itself is the newest one of the changelog', () => {
  const newest = /^## ([\d.]+)/m.exec(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'))?.[1];
  const own = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  expect([packages['']?.version, own.version]).toEqual([newest, newest]);
});
