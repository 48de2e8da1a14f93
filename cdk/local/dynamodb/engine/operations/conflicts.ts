/** Conflicts that tests ask for: this engine does one thing after another and has none of its own. */
export interface Conflicts {
  /** From now on this many writes of items with this partition key (undefined: of any) meet another one. */
  begin(times: number, partition: string | undefined): void;
  /** Whether this item is being written by somebody else just now. */
  meets(partition: string): boolean;
}

/** Without any conflict at first. */
export function createConflicts(): Conflicts {
  let left = 0;
  let wanted: string | undefined;
  return {
    begin(times, partition) {
      left = times;
      wanted = partition;
    },
    meets(partition) {
      if (left === 0 || (wanted !== undefined && wanted !== partition)) return false;
      left -= 1;
      return true;
    },
  };
}
