/** What has to be ended, in the reverse order of its beginning. */
export interface Closers {
  add(close: () => void | Promise<void>): void;
  /** Ends everything, once; what fails is said at the end. */
  close(): Promise<void>;
}

/** Collects how to end what was begun. */
export function createClosers(): Closers {
  const closers: (() => void | Promise<void>)[] = [];
  return {
    add: (close) => void closers.push(close),
    async close() {
      const failures: unknown[] = [];
      for (let next = closers.pop(); next !== undefined; next = closers.pop()) {
        try {
          await next();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'The local cloud did not stop cleanly.');
    },
  };
}
