import type { Context } from 'hono';
import { Rejected } from '../../shared/domain/errors.ts';
import { countParts } from './count-parts.ts';

/** What one request may carry, in bytes: Lambda takes 6 MB, of which base64 leaves this. */
export const MAX_BODY = 4.5 * 1024 * 1024;
/** Fields one form may have; more than the largest roster typed by hand. */
const MAX_FIELDS = 20_000;

/** A file that came with a form. */
export interface Upload {
  readonly name: string;
  /** @throws UnreadableFile where it is known to be too large, and did not come along */
  readonly bytes: Uint8Array;
}

/** What a form sent, in its order. */
export interface Form {
  /** the first value of the field, or `''` */
  get(name: string): string;
  all(name: string): readonly string[];
  /** every field's name, each once */
  readonly names: readonly string[];
  readonly hasFiles: boolean;
  /** the file chosen in the field; undefined when none was */
  file(name: string): Upload | undefined;
}

/** A form of these fields, in their order, and files by the names of theirs. @throws {@link Rejected} `too-large` */
export function toForm(
  fields: readonly (readonly [string, string])[],
  files: ReadonlyMap<string, Upload> = new Map(),
): Form {
  if (fields.length > MAX_FIELDS) throw new Rejected('too-large');
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const given = values.get(name);
    if (given) given.push(value);
    else values.set(name, [value]);
  }
  return {
    get: (name) => values.get(name)?.[0] ?? '',
    all: (name) => values.get(name) ?? [],
    names: [...values.keys()],
    hasFiles: files.size > 0,
    file: (name) => files.get(name),
  };
}

/** What stands in a form, without its files. */
export function fieldsOf(form: Form): (readonly [name: string, value: string])[] {
  return form.names.flatMap((name) => form.all(name).map((value) => [name, value] as const));
}

/** The form as if these values had been typed, and no file chosen and no button of its own pressed. */
export function asTyped(form: Form, typed: Readonly<Record<string, string>>): Form {
  const others = fieldsOf(form).filter(([name]) => name !== 'action' && !Object.hasOwn(typed, name));
  return toForm([...others, ...Object.entries(typed)]);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw new Rejected('unreadable-body');
  }
}

function urlencoded(bytes: Uint8Array): Form {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Rejected('unreadable-body');
  }
  const pairs = text === '' ? [] : text.split('&', MAX_FIELDS + 1);
  return toForm(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
    }),
  );
}

async function multipart(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Form> {
  // the last delimiter ends the form and begins no part
  if (countParts(bytes, type, MAX_FIELDS + 1) > MAX_FIELDS + 1) throw new Rejected('too-large');
  let data: FormData;
  try {
    data = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    throw new Rejected('unreadable-body');
  }
  const fields: [string, string][] = [];
  const files = new Map<string, Upload>();
  for (const [name, value] of data) {
    if (typeof value !== 'string') {
      // a browser sends an empty part for a file that was not chosen
      if (value.size > 0) files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
      continue;
    }
    // the parser puts this character where bytes were no UTF-8
    if (`${name}${value}`.includes('\ufffd')) throw new Rejected('unreadable-body');
    fields.push([name, value]);
  }
  return toForm(fields, files);
}

/**
 * Reads a form as browsers send it: urlencoded, or multipart with files.
 * @throws {@link Rejected} `too-large`, `unsupported-media-type`, or `unreadable-body` for what is no UTF-8 or no form
 */
export async function readForm(c: Context): Promise<Form> {
  if (Number(c.req.header('content-length') ?? 0) > MAX_BODY) throw new Rejected('too-large');
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (bytes.length > MAX_BODY) throw new Rejected('too-large');
  const type = c.req.header('content-type') ?? '';
  const media = type.split(';')[0]?.trim().toLowerCase();
  if (media === 'application/x-www-form-urlencoded') return urlencoded(bytes);
  if (media === 'multipart/form-data') return multipart(bytes, type);
  throw new Rejected('unsupported-media-type');
}
