/** How many expressions of a kind are kept: a program has few, and one that builds texts fills no memory. */
const KEPT = 1_000;

/** Remembers what `read` makes of a text. What throws is not kept. */
export function rememberedByText<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = read(text);
    if (known.size >= KEPT) known.clear();
    known.set(text, made);
    return made;
  };
}
