import { type Path, pathText } from './operand.ts';
import { wrongExpression } from './reader.ts';
import type { ExpressionKind } from './syntax.ts';

/** Refuses paths of which one lies in another, or which take the same value for a list and for a map. */
export function refuseClashes(kind: ExpressionKind, paths: readonly Path[]): void {
  if (paths.length < 2) return;
  if (paths.every((path) => path.length === 1) && new Set(paths.map(([head]) => head)).size === paths.length) return;
  const [overlap] = pairs(paths, overlaps);
  if (overlap) throw clash(kind, 'overlap', overlap);
  const [conflict] = pairs(paths, conflicts);
  if (conflict) throw clash(kind, 'conflict', conflict);
}

const clash = (kind: ExpressionKind, how: string, [one, two]: readonly [Path, Path]) =>
  wrongExpression(
    kind,
    `Two document paths ${how} with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(two)}`,
  );

const pairs = (paths: readonly Path[], clashes: (one: Path, two: Path) => boolean): (readonly [Path, Path])[] =>
  paths.flatMap((two, at) =>
    paths
      .slice(0, at)
      .filter((one) => clashes(one, two))
      .map((one) => [one, two] as const),
  );

/** The first place where two paths differ. */
const fork = (one: Path, two: Path): number => {
  let at = 0;
  while (at < one.length && at < two.length && one[at] === two[at]) at++;
  return at;
};

const overlaps = (one: Path, two: Path): boolean => fork(one, two) === Math.min(one.length, two.length);

const conflicts = (one: Path, two: Path): boolean => {
  const at = fork(one, two);
  return at < one.length && at < two.length && typeof one[at] !== typeof two[at];
};
