import fc from 'fast-check';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { type Form, MAX_BODY, readForm } from '../../functions/web/read-form.ts';
import { Rejected } from '../../shared/domain/errors.ts';

/** What the reader makes of a request: the form, or the code with which it was refused. */
async function read(init: {
  body: string | Uint8Array<ArrayBuffer> | URLSearchParams | FormData;
  headers?: Record<string, string>;
}): Promise<Form | string> {
  const app = new Hono();
  let result: Form | string = 'not called';
  app.post('/', async (c) => {
    try {
      result = await readForm(c);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      result = error.code;
    }
    return c.text('');
  });
  await app.request('/', { method: 'POST', ...init });
  return result;
}

function formOf(result: Form | string): Form {
  if (typeof result === 'string') throw new Error(result);
  return result;
}

const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })), {
  maxLength: 8,
});

test('every form that a browser can encode is read as it was typed', async () => {
  await fc.assert(
    fc.asyncProperty(pairs, async (typed) => {
      const form = formOf(await read({ body: new URLSearchParams(typed) }));
      for (const [name] of typed) {
        expect(form.all(name)).toEqual(typed.filter(([other]) => other === name).map(([, value]) => value));
      }
    }),
  );
});

test('files arrive with every byte, beside the fields of the same form', async () => {
  const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
  const body = new FormData();
  body.append('name', '李静');
  body.append('file', new File([bytes], '名单.xlsx'));
  body.append('none', new File([], ''));
  const form = formOf(await read({ body }));
  expect(form.get('name')).toBe('李静');
  expect(form.file('file')).toEqual({ name: '名单.xlsx', bytes });
  expect(form.file('none')).toBeUndefined();
});

test.each([
  ['plain', 'x'],
  ['quoted', '"x"'],
])(
  'more parts than any form has are refused as they are counted, before a parser has them: a boundary %s',
  async (_, boundary) => {
    const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n';
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    // without an end it is no form: whoever takes it apart first says that
    expect(await read({ body: part.repeat(20_002), headers })).toBe('too-large');
    expect(await read({ body: part.repeat(3), headers })).toBe('unreadable-body');
    const whole = formOf(await read({ body: `${part.repeat(20_000)}--x--\r\n`, headers }));
    expect(whole.all('a')).toHaveLength(20_000);
  },
);

test.each([
  ['half a character in an escape', 'a=%E5%A7', 'application/x-www-form-urlencoded', 'unreadable-body'],
  ['a broken escape', 'a=%zz', 'application/x-www-form-urlencoded', 'unreadable-body'],
  ['half a character in bytes', new Uint8Array([97, 61, 0xe5]), 'application/x-www-form-urlencoded', 'unreadable-body'],
  ['too many bytes', new Uint8Array(MAX_BODY + 1), 'application/x-www-form-urlencoded', 'too-large'],
  ['too many fields', 'a=1&'.repeat(20_001), 'application/x-www-form-urlencoded', 'too-large'],
  ['JSON', '{}', 'application/json', 'unsupported-media-type'],
  ['a multipart form without parts', 'x', 'multipart/form-data; boundary=b', 'unreadable-body'],
  ['a multipart form without a boundary', 'x', 'multipart/form-data', 'unreadable-body'],
])('%s is refused', async (_what, body, type, code) => {
  expect(await read({ body, headers: { 'content-type': type } })).toBe(code);
});

test('half a character in a part of a multipart form is refused', async () => {
  const head = Buffer.from('--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n');
  const body = Buffer.concat([head, Buffer.from([0xe5, 0xa7]), Buffer.from('\r\n--b--\r\n')]);
  expect(await read({ body, headers: { 'content-type': 'multipart/form-data; boundary=b' } })).toBe('unreadable-body');
});
