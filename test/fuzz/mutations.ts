import * as fc from 'fast-check';
import { oddText, oddValue } from './odd-values.ts';

interface Change {
  readonly spot: number;
  readonly how: 'replace' | 'remove' | 'add' | 'repeat' | 'nest';
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  spot: fc.nat(10_000),
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'repeat', 'nest'),
  value: oddValue,
});

function nested(value: unknown, depth: number): unknown {
  let inner = value;
  for (let level = 0; level < depth; level++) inner = level % 2 === 0 ? [inner] : { a: inner };
  return inner;
}

function changed(body: unknown, { spot, how, value }: Change): unknown {
  const copy: unknown = structuredClone(body);
  const places: { parent: object; key: string }[] = [];
  const visit = (parent: unknown) => {
    if (typeof parent !== 'object' || parent === null) return;
    for (const [key, child] of Object.entries(parent)) {
      places.push({ parent, key });
      visit(child);
    }
  };
  visit(copy);
  const place = places[spot % Math.max(1, places.length)];
  if (!place) return value;
  const { parent, key } = place;
  const before: unknown = Reflect.get(parent, key);
  if (how === 'replace') Reflect.set(parent, key, value);
  else if (how === 'remove') Reflect.deleteProperty(parent, key);
  else if (how === 'add') Reflect.set(parent, `${key}_`, value);
  else if (how === 'nest') Reflect.set(parent, key, nested(before, 1 + (spot % 60)));
  else Reflect.set(parent, key, Array(1 + (spot % 2000)).fill(before));
  return copy;
}

/** A value with a few things in it changed: type, length, presence, depth. */
export function mutated(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(body, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([value, changes]) => changes.reduce((so_far, one) => changed(so_far, one), value));
}

const encoded = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

/** Bytes that are nearly the JSON of a value: cut off, in another encoding, with a byte wrong, twice, nested too deeply. */
export function garbled(body: fc.Arbitrary<unknown>): fc.Arbitrary<Uint8Array> {
  const json = body.map((value) => JSON.stringify(value) ?? '');
  return fc.oneof(
    fc.tuple(json, fc.nat()).map(([text, at]) => encoded(text.slice(0, at % (text.length + 1)))),
    fc.tuple(json, fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
      const bytes = encoded(text);
      if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return bytes;
    }),
    json.map(utf16),
    json.map((text) => encoded(`\ufeff${text}`)),
    json.map((text) => encoded(`${text}${text}`)),
    json.map((text) => encoded(`${text.slice(0, -1)},"organization":"twice"}`)),
    fc.nat(3000).map((depth) => encoded('['.repeat(depth) + ']'.repeat(depth))),
    fc.nat(3000).map((depth) => encoded('{"a":'.repeat(depth))),
    fc.constantFrom('', 'null', '1e999', '-0', '"\\ud800"', '{"__proto__":{"x":1}}', '//', "{'a':1}").map(encoded),
    oddText.map((text) => encoded(text)),
    fc.uint8Array({ maxLength: 200 }),
  );
}
