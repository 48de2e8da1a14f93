import type { Shape } from './shape.ts';

/** A value as AWS's messages show it: `[a, b]`, `{k=v}`, `KeySchemaElement(attributeName=pk, keyType=HASH)`. */
export function shownAs(shape: Shape | undefined, value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) {
    const of = shape?.is === 'list' ? shape.of : undefined;
    return `[${value.map((each: unknown) => shownAs(of, each)).join(', ')}]`;
  }
  if (typeof value !== 'object') return String(value);
  if (shape?.is === 'struct') {
    const fields = Object.entries(shape.fields).map(([name, field]) => {
      const held: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
      return `${name.charAt(0).toLowerCase()}${name.slice(1)}=${shownAs(field, held)}`;
    });
    return `${shape.name ?? ''}(${fields.join(', ')})`;
  }
  const of = shape?.is === 'map' ? shape.of : undefined;
  return `{${Object.entries(value)
    .map(([key, each]: [string, unknown]) => `${key}=${shownAs(of, each)}`)
    .join(', ')}}`;
}
