import { Rejected } from '../../shared/domain/errors.ts';
import { countParts } from '../web/count-parts.ts';
import { assertModest } from './json-limits.ts';

/** Bytes of a body at most; with base64 that is what one Lambda call can carry. */
const MOST_BYTES = 4 * 1024 * 1024;

const JSON_TYPE = /^application\/([\w.+-]+\+)?json$/;

function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

async function bytesOf(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw new Rejected('unsupported-media-type');
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) throw new Rejected('too-large');
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MOST_BYTES) throw new Rejected('too-large');
  return bytes;
}

/**
 * The text of a body. The gateway hands JSON on as text, in which what was not UTF-8 has become U+FFFD: that is as
 * unreadable as the bytes were.
 */
function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\ufffd')) return text;
  } catch {
    // told below
  }
  throw new Rejected('unreadable-body');
}

/**
 * The JSON of a request, not yet checked. No body at all counts as `{}` where everything in it may be left out.
 * @throws {@link Rejected} `unsupported-media-type`, `unreadable-body`, `too-large`
 */
export async function readJson(request: Request, mayBeEmpty = false): Promise<unknown> {
  const bytes = await bytesOf(request);
  if (bytes.length === 0 && mayBeEmpty) return {};
  if (!JSON_TYPE.test(mediaType(request))) throw new Rejected('unsupported-media-type');
  const text = textOf(bytes);
  assertModest(text);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new Rejected('unreadable-body');
  }
}

const FORM_TYPE = 'multipart/form-data';
/** A file and the fields that go with it; no form of the API has more. */
const MOST_PARTS = 50;
const SHEET_TYPES = new Set([
  'text/csv',
  'application/csv',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);

async function formOf(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<FormData> {
  const type = request.headers.get('content-type') ?? '';
  if (countParts(bytes, type, MOST_PARTS) > MOST_PARTS) throw new Rejected('too-large');
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => undefined);
  if (!form) throw new Rejected('unreadable-body');
  return form;
}

async function fileOf(form: FormData): Promise<Uint8Array> {
  const file = form.get('file');
  if (file === null) throw new Rejected('invalid', { fields: [{ pointer: '/file', code: 'required' }] });
  return typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(await file.arrayBuffer());
}

/** A form with a file: its other fields, and the file's bytes. */
export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/**
 * The form of a request, whose part `file` is a spreadsheet; undefined when the request is no form.
 * @throws {@link Rejected} `unreadable-body`, `too-large`, `invalid` without a file
 */
export async function readForm(request: Request): Promise<Form | undefined> {
  if (mediaType(request) !== FORM_TYPE) return undefined;
  const form = await formOf(request, await bytesOf(request));
  const fields = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return { fields: Object.fromEntries(fields), bytes: await fileOf(form) };
}

/**
 * The spreadsheet of a request, in bytes: as the body itself, or as the part `file` of a form.
 * @throws {@link Rejected} `unsupported-media-type`, `unreadable-body`, `too-large`
 */
export async function readSpreadsheet(request: Request): Promise<Uint8Array> {
  const form = await readForm(request);
  if (form) return form.bytes;
  const type = mediaType(request);
  if (!SHEET_TYPES.has(type)) throw new Rejected('unsupported-media-type');
  const bytes = await bytesOf(request);
  // what the gateway hands on as text has lost every character that was not UTF-8; other encodings come as octet-stream
  return type === 'text/csv' ? new TextEncoder().encode(textOf(bytes)) : bytes;
}
