/** A value as it goes over the wire. Numbers are canonical decimal text, binaries canonical base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** An item or a part of one: attributes by name. */
export interface Item {
  readonly [name: string]: AttributeValue;
}

export type TypeName = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

/** The type of a value, by its name on the wire. */
export function typeOf(value: AttributeValue): TypeName {
  if ('S' in value) return 'S';
  if ('N' in value) return 'N';
  if ('M' in value) return 'M';
  if ('L' in value) return 'L';
  if ('BOOL' in value) return 'BOOL';
  if ('NULL' in value) return 'NULL';
  if ('B' in value) return 'B';
  if ('SS' in value) return 'SS';
  if ('NS' in value) return 'NS';
  return 'BS';
}

/** An item's attribute; undefined when it has none of that name, also where JavaScript has something of that name. */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  const value = item[name];
  return value !== undefined && Object.hasOwn(item, name) ? value : undefined;
}

/** Sets an attribute of an item that is being made, also when its name means something to JavaScript. */
export function setAttribute(item: Record<string, AttributeValue>, name: string, value: AttributeValue): void {
  if (name === '__proto__') {
    Object.defineProperty(item, name, { value, enumerable: true, configurable: true, writable: true });
  } else item[name] = value;
}
