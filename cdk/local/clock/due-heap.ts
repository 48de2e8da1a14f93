import type { Millis } from '../types.ts';

/** Something to run at a moment; `order` keeps those of one moment in the order in which they were set. */
export interface Due {
  readonly at: Millis;
  readonly order: number;
  readonly run: () => void;
  state: 'set' | 'taken' | 'cancelled';
}

/** The timers that are set, earliest first. */
export interface DueHeap {
  add(due: Due): void;
  /** The earliest that was not cancelled; it stays in the heap. */
  first(): Due | undefined;
  /** Takes out and gives the earliest if it is due at `until` or before. */
  takeUntil(until: Millis): Due | undefined;
  /** Forgets one; harmless when it was taken or cancelled before. */
  cancel(due: Due): void;
}

const before = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap: adding and taking cost the logarithm of how many are set, cancelling costs nothing at first. */
export function createDueHeap(): DueHeap {
  let items: Due[] = [];
  let dead = 0;

  const siftUp = (from: number): void => {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const child = items[index];
      const above = items[parent];
      if (child === undefined || above === undefined || !before(child, above)) return;
      items[index] = above;
      items[parent] = child;
      index = parent;
    }
  };

  const siftDown = (from: number): void => {
    let index = from;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let least = index;
      for (const child of [left, right]) {
        const a = items[child];
        const b = items[least];
        if (a !== undefined && b !== undefined && before(a, b)) least = child;
      }
      const here = items[index];
      const there = items[least];
      if (least === index || here === undefined || there === undefined) return;
      items[index] = there;
      items[least] = here;
      index = least;
    }
  };

  const pop = (): Due | undefined => {
    const top = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) {
      items[0] = last;
      siftDown(0);
    }
    return top;
  };

  const first = (): Due | undefined => {
    while (items[0]?.state === 'cancelled') {
      pop();
      dead -= 1;
    }
    return items[0];
  };

  return {
    add(due) {
      items.push(due);
      siftUp(items.length - 1);
    },
    first,
    takeUntil(until) {
      const due = first();
      if (due === undefined || due.at > until) return undefined;
      due.state = 'taken';
      return pop();
    },
    cancel(due) {
      if (due.state !== 'set') return;
      due.state = 'cancelled';
      dead += 1;
      // Timeouts are mostly cancelled long before they are due: without this they would pile up until then.
      if (dead > 1_000 && dead > items.length / 2) {
        items = items.filter((due) => due.state !== 'cancelled').sort((a, b) => a.at - b.at || a.order - b.order);
        dead = 0;
      }
    },
  };
}
