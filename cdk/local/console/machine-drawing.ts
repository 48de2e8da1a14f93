import { z } from 'zod';
import { html, type Markup } from './html.ts';

const target = z.object({ Next: z.string().optional() });

/** A state machine's definition, as far as a picture of it needs. */
export const machineSchema = z.object({
  StartAt: z.string(),
  get States() {
    return z.record(
      z.string(),
      z.object({
        Type: z.string(),
        Next: z.string().optional(),
        Default: z.string().optional(),
        Choices: z.array(target).default([]),
        Catch: z.array(target).default([]),
        Branches: z.array(machineSchema).default([]),
        ItemProcessor: machineSchema.optional(),
        Iterator: machineSchema.optional(),
      }),
    );
  },
});
export type Machine = z.output<typeof machineSchema>;

type Visited = 'done' | 'caught' | 'now' | 'failed';

/** What an execution did: the states it was in, and which followed which (`from → to`). */
export interface Path {
  readonly states: ReadonlyMap<string, Visited>;
  readonly ways: ReadonlySet<string>;
}

/** States side by side. */
const WIDEST = 4;
const BOX = { width: 190, height: 34, gapX: 24, gapY: 34 };
/** Room at the left for what goes back up. */
const MARGIN = 30;
const colours = { done: 'var(--good)', caught: 'var(--odd)', now: 'var(--now)', failed: 'var(--bad)' };

/** The names of the states that a state may go on to. */
function nextOf(state: Machine['States'][string]): readonly string[] {
  const targets = [...state.Choices, ...state.Catch].map((each) => each.Next);
  return [...new Set([state.Next, ...targets, state.Default])].filter((each) => each !== undefined);
}

/** A state machine as a picture, from top to bottom, with the path of an execution in colour; below, what is in it. */
export function drawMachine(machine: Machine, path: Path, isInner = false): Markup {
  const rows = rowsOf(machine);
  const places = new Map<string, { x: number; y: number }>();
  const widest = Math.max(...rows.map((row) => row.length));
  const width = widest * (BOX.width + BOX.gapX) + BOX.gapX;
  rows.forEach((row, depth) => {
    const left = (width - row.length * (BOX.width + BOX.gapX) + BOX.gapX) / 2;
    row.forEach((name, index) => {
      places.set(name, { x: left + index * (BOX.width + BOX.gapX), y: 10 + depth * (BOX.height + BOX.gapY) });
    });
  });
  const height = rows.length * (BOX.height + BOX.gapY);
  const ways = Object.entries(machine.States).flatMap(([from, state]) =>
    nextOf(state).map((to) => ({
      from: places.get(from),
      to: places.get(to),
      taken: path.ways.has(`${from} → ${to}`),
    })),
  );
  // Those taken lie above the others.
  const arrows = [...ways.filter(({ taken }) => !taken), ...ways.filter(({ taken }) => taken)].map(arrow);
  const inner = Object.entries(machine.States).flatMap(([name, state]) =>
    [...state.Branches, state.ItemProcessor, state.Iterator]
      .filter((each) => each !== undefined)
      .map((each) => html`<figure><figcaption>in ${name}</figcaption>${drawMachine(each, path, true)}</figure>`),
  );
  return html`<svg viewBox="${-MARGIN} 0 ${width + MARGIN} ${height}" width="${width + MARGIN}" role="img" aria-label="The state machine">
    ${isInner ? '' : html`<defs>${head('head', 'currentColor', 0.3, 7)}${head('taken', colours.done, 1, 4)}</defs>`}
    ${arrows}${[...places].map(([name, at]) => box(name, machine.States[name]?.Type ?? '', at, path.states.get(name)))}
    </svg>${inner}`;
}

function head(id: string, colour: string, opacity: number, size: number): Markup {
  return html`<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="${size}" markerHeight="${size}" orient="auto">
    <path d="M0 0 8 4 0 8z" fill="${colour}" fill-opacity="${opacity}"/></marker>`;
}

/** States by how many steps they are from the start; many side by side go on in the next line, to stay readable. */
function rowsOf(machine: Machine): readonly (readonly string[])[] {
  const depth = new Map<string, number>();
  const waiting: [string, number][] = [[machine.StartAt, 0]];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, at] = next;
    const state = machine.States[name];
    if (depth.has(name) || state === undefined) continue;
    depth.set(name, at);
    for (const to of nextOf(state)) waiting.push([to, at + 1]);
  }
  const rows: string[][] = [];
  for (const [name, at] of depth) {
    const row = rows[at] ?? [];
    row.push(name);
    rows[at] = row;
  }
  return rows.flatMap((row) =>
    Array.from({ length: Math.ceil(row.length / WIDEST) }, (_, line) => row.slice(line * WIDEST, (line + 1) * WIDEST)),
  );
}

function box(name: string, type: string, { x, y }: { x: number; y: number }, state: Visited | undefined): Markup {
  const colour = state === undefined ? 'currentColor' : colours[state];
  const shown = name.length > 24 ? `${name.slice(0, 23)}…` : name;
  return html`<g><title>${name} (${type})${state === undefined ? '' : `: ${state}`}</title>
    <rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="Canvas"/>
    <rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="${colour}"
      fill-opacity="${state === undefined ? 0.04 : 0.18}" stroke="${colour}" stroke-opacity="${state === undefined ? 0.35 : 1}"
      stroke-width="${state === 'now' || state === 'failed' ? 3 : 1.3}"/>
    <text x="${x + BOX.width / 2}" y="${y + BOX.height / 2 + 5}" text-anchor="middle" font-size="13" fill="currentColor">${shown}</text></g>`;
}

interface Way {
  readonly from: { readonly x: number; readonly y: number } | undefined;
  readonly to: { readonly x: number; readonly y: number } | undefined;
  readonly taken: boolean;
}

function arrow({ from, to, taken }: Way): Markup {
  if (from === undefined || to === undefined) return html``;
  const [x1, y1, x2] = [from.x + BOX.width / 2, from.y + BOX.height, to.x + BOX.width / 2];
  const [opacity, thick] = taken ? [1, 2.4] : [0.14, 1];
  // What goes back up goes around the boxes.
  const d =
    to.y > from.y
      ? `M${x1} ${y1} C${x1} ${y1 + 18} ${x2} ${to.y - 18} ${x2} ${to.y - 2}`
      : `M${from.x} ${from.y + BOX.height / 2} C${from.x - 40} ${from.y} ${to.x - 40} ${to.y + BOX.height} ${to.x - 2} ${to.y + BOX.height / 2}`;
  return html`<path d="${d}" fill="none" stroke="${taken ? colours.done : 'currentColor'}" stroke-opacity="${opacity}"
    stroke-width="${thick}" marker-end="url(#${taken ? 'taken' : 'head'})"/>`;
}
