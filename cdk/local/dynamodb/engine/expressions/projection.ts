import { type AttributeValue, attributeOf, type Item, setAttribute } from '../values/index.ts';
import { refuseReserved } from './check-names.ts';
import { rememberedByText } from './compiled.ts';
import { bindPath, type Path } from './operand.ts';
import { refuseClashes } from './paths.ts';
import type { Placeholders } from './placeholders.ts';
import { readPath } from './read-operand.ts';
import { readTokens } from './reader.ts';
import type { PathSyntax } from './syntax.ts';

/** What to take of a value: all of it, or what lies at the next steps. */
type Cut = 'all' | ReadonlyMap<string | number, Cut>;

/** Which parts of an item are asked for. */
export interface Projection {
  readonly paths: readonly Path[];
  readonly cut: ReadonlyMap<string | number, Cut>;
}

const kind = 'ProjectionExpression';
const compiled = rememberedByText((text): readonly PathSyntax[] => {
  const reader = readTokens(kind, text);
  const paths: PathSyntax[] = [];
  do paths.push(readPath(reader));
  while (reader.take(','));
  if (reader.peek().kind !== 'end') throw reader.unexpected();
  refuseReserved(kind, paths);
  return paths;
});

/** Reads a projection. Throws in AWS's words. */
export function parseProjection(text: string, placeholders: Placeholders): Projection {
  const paths = compiled(text).map((path) => bindPath(kind, path, placeholders));
  refuseClashes(kind, paths);
  return projectionOf(paths);
}

/** A projection on paths that do not clash. */
export function projectionOf(paths: readonly Path[]): Projection {
  const cut = new Map<string | number, Cut>();
  for (const path of paths) {
    let level: Map<string | number, Cut> = cut;
    path.forEach((step, at) => {
      if (at === path.length - 1) level.set(step, 'all');
      else {
        const next = level.get(step);
        const deeper = next instanceof Map ? next : new Map<string | number, Cut>();
        level.set(step, deeper);
        level = deeper;
      }
    });
  }
  return { paths, cut };
}

/** The parts of an item that a projection asks for; what is not there is left out. */
export function project({ cut }: Projection, item: Item): Item {
  return fromMap(cut, item);
}

function fromMap(cut: ReadonlyMap<string | number, Cut>, from: Item): Record<string, AttributeValue> {
  const taken: Record<string, AttributeValue> = {};
  for (const [name, deeper] of cut) {
    if (typeof name !== 'string') continue;
    const value = attributeOf(from, name);
    const part = value && takenOf(deeper, value);
    if (part) setAttribute(taken, name, part);
  }
  return taken;
}

function takenOf(cut: Cut, value: AttributeValue): AttributeValue | undefined {
  if (cut === 'all') return value;
  if ('M' in value) {
    const part = fromMap(cut, value.M);
    return Object.keys(part).length === 0 ? undefined : { M: part };
  }
  if (!('L' in value)) return undefined;
  const parts = value.L.map((each, at) => {
    const deeper = cut.get(at);
    return deeper && takenOf(deeper, each);
  }).filter((each) => each !== undefined);
  return parts.length === 0 ? undefined : { L: parts };
}
