/**
 * `npm run compare-engine -- [calls] [seed]`: our table engine against a dynoxide, whose program DYNOXIDE names, call by
 * call on random input. It prints how often the two differ in a way that AWS's documentation has decided (`judged.ts`), and
 * each kind of other difference once with its count and an example; it ends with 1 if there is any. `npm run compare-engine
 * -- speed` measures both.
 */
import { comparable, type Difference, differenceOf, grades, wholeSearch } from './alike.ts';
import { type Answer, type Asked, ours, oursInThread, theirs } from './engines.ts';
import { bulk, reserved, streamed, streamedWrites, streams } from './fixed-calls.ts';
import { judgementOf } from './judged.ts';
import { createRandom } from './random.ts';
import { anyCall, type Call } from './random-calls.ts';
import { speed } from './speed.ts';
import { creation, tables } from './tables.ts';

const program = process.env.DYNOXIDE;
if (program === undefined) {
  console.error('DYNOXIDE names no program: set it to the path of a dynoxide, for example .../dynoxide/dynoxide.');
  process.exit(2);
}
if (process.argv[2] === 'speed') {
  for (const [name, engine] of [
    ['ours, in its thread', await oursInThread()],
    ['dynoxide, over HTTP', await theirs(program)],
  ] as const) {
    await speed(name, engine);
    await engine.stop();
  }
  process.exit(0);
}
const [calls = 20_000, seed = 1] = process.argv.slice(2).map(Number);

const target = (operation: string): string =>
  `${/Stream|Shard|Records/.test(operation) ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${operation}`;
const differences = new Map<string, Difference & { count: number; readonly example: string }>();
const judged = new Map<string, number>();
const counts = new Map<string, { all: number; same: number }>();
const mine = ours();
const other = await theirs(program);

/** Asks both, notes whether they answer alike. */
async function both({ operation, input }: Call, shown = comparable): Promise<void> {
  note(
    { operation, input },
    await mine.call(target(operation), input),
    await other.call(target(operation), input),
    shown,
  );
}

function note({ operation, input }: Call, one: Answer, two: Answer, shown: (answer: Answer) => string): void {
  const count = counts.get(operation) ?? { all: 0, same: 0 };
  counts.set(operation, count);
  count.all += 1;
  if (shown(one) === shown(two)) {
    count.same += 1;
    return;
  }
  const difference = differenceOf(operation, one, two);
  const why = judgementOf({ call: { operation, input }, mine: one, other: two, grade: difference.grade });
  if (why !== undefined) {
    judged.set(why, (judged.get(why) ?? 0) + 1);
    return;
  }
  const known = differences.get(difference.kind);
  if (known) known.count += 1;
  else {
    const [ours, theirs] = [shown(one), shown(two)];
    let at = 0;
    while (at < ours.length && ours[at] === theirs[at]) at += 1;
    const part = (text: string): string => text.slice(Math.max(0, at - 200), at + 1_000);
    const example = `${JSON.stringify(input)}\n    ours:   ${part(ours)}\n    theirs: ${part(theirs)}`;
    differences.set(difference.kind, { ...difference, count: 1, example });
  }
}

const isSearch = (operation: string): boolean => operation === 'Query' || operation === 'Scan';

/** Makes a call of both, a search to its last page; where one did it and the other did not, puts them level. */
async function compare(call: Call): Promise<void> {
  const { operation, input } = call;
  const ordered = operation === 'Query' && !String(input.IndexName).startsWith('global');
  const [some, others] = isSearch(operation) ? [await pages(mine, call), await pages(other, call)] : [];
  // what neither went through to its end cannot be compared: scans have no order
  if (some?.length === MOST_PAGES && others?.length === MOST_PAGES) return;
  const [one, two] =
    some && others
      ? [wholeSearch(some, ordered), wholeSearch(others, ordered)]
      : [await mine.call(target(operation), input), await other.call(target(operation), input)];
  note(call, one, two, comparable);
  if (!isSearch(operation) && comparable(one) !== comparable(two)) await level(input);
}

const MOST_PAGES = 200;

async function pages(engine: Asked, { operation, input }: Call): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let start: unknown;
  do {
    const asked = start === undefined ? input : { ...input, ExclusiveStartKey: start };
    const answer = await engine.call(target(operation), asked);
    answers.push(answer);
    const { body } = answer;
    start = typeof body === 'object' && body !== null && 'LastEvaluatedKey' in body ? body.LastEvaluatedKey : undefined;
  } while (start !== undefined && answers.length < MOST_PAGES);
  return answers;
}

/** Removes all items that a call named from both, when they may not have done the same. */
async function level(input: unknown): Promise<void> {
  for (const { name, pk, sk } of tables) {
    for (const key of keysIn(input, [pk.name, ...(sk ? [sk.name] : [])])) {
      for (const engine of [mine, other]) await engine.call(target('DeleteItem'), { TableName: name, Key: key });
    }
  }
}

function keysIn(json: unknown, names: readonly string[]): readonly object[] {
  if (typeof json !== 'object' || json === null) return [];
  const held: Readonly<Record<string, unknown>> = { ...json };
  const inner = Object.values(held).flatMap((each) => keysIn(each, names));
  return names.every((name) => name in held)
    ? [Object.fromEntries(names.map((name) => [name, held[name]])), ...inner]
    : inner;
}

for (const table of [...tables, streamed]) {
  await both({ operation: 'CreateTable', input: creation(table) }, ({ status }) => `${status}`);
}
const random = createRandom(seed);
for (let number = 0; number < calls; number++) await compare(anyCall(random));
for (const call of [...reserved(), ...bulk(), ...streamedWrites(random)]) await compare(call);
await streams(mine, other, target, (example) =>
  differences.set('streams', { grade: 'done otherwise', kind: 'streams', count: 1, example }),
);

for (const [why, count] of [...judged].toSorted(([, one], [, two]) => two - one)) console.log(`${count} × ${why}`);
for (const grade of grades) {
  const found = [...differences.values()].filter((each) => each.grade === grade);
  const count = found.reduce((sum, each) => sum + each.count, 0);
  if (count > 0) console.log(`\n=== not judged, ${grade}: ${count} calls, ${found.length} kinds`);
  for (const each of found.toSorted((one, two) => two.count - one.count)) {
    console.log(`${each.count} × ${each.kind}\n  for ${each.example}\n`);
  }
}
const total = [...counts.values()].reduce(
  (sum, { all, same: alike }) => ({ all: sum.all + all, same: sum.same + alike }),
  {
    all: 0,
    same: 0,
  },
);
console.log([...counts].map(([name, { all, same: alike }]) => `${name} ${alike}/${all}`).join(', '));
console.log(
  `${total.same} of ${total.all} calls alike; ${differences.size} kinds of difference not judged (seed ${seed}).`,
);
await mine.stop();
await other.stop();
process.exitCode = differences.size > 0 ? 1 : 0;
