/** What is going on that must end before time moves on. */
export interface UnderWay {
  busy(what: string): () => void;
  settled(): Promise<void>;
  list(): readonly string[];
}

/**
 * How often the event loop must turn with nothing under way. What ends usually starts the next thing within a turn or
 * two: an answer from a thread, a promise chain, a handler that an event reaches.
 */
const QUIET_TURNS = 4;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Counts what is under way, and knows when it has been quiet. */
export function createUnderWay(): UnderWay {
  const going = new Map<number, string>();
  const waiting = new Set<() => void>();
  let started = 0;

  return {
    busy(what) {
      started += 1;
      const id = started;
      going.set(id, what);
      return () => {
        if (!going.delete(id) || going.size > 0) return;
        for (const wake of waiting) wake();
        waiting.clear();
      };
    },
    async settled() {
      for (let quiet = 0; quiet < QUIET_TURNS; ) {
        if (going.size > 0) await new Promise<void>((resolve) => waiting.add(resolve));
        const before = started;
        await turn();
        quiet = going.size === 0 && started === before ? quiet + 1 : 0;
      }
    },
    list: () => [...going.values()],
  };
}
