export { type AttributeValue, attributeOf, type Item, setAttribute, typeOf } from './attribute-value.ts';
export { compareText, compareValues, sameItem, sameValue, setLike, setMembers } from './compare.ts';
export { addNumbers, canonicalNumber, compareNumbers } from './decimal.ts';
export { itemSize, valueSize } from './item-size.ts';
export { keyBytes } from './key-bytes.ts';
export { parseItem, parseValue } from './parse-value.ts';
