/** The form of a page that leads to the bucket for files: where, and its hidden fields in their order. */
export function fileForm(html: string): {
  readonly action: string;
  readonly fields: readonly (readonly [string, string])[];
} {
  const [, action = '', inside = ''] =
    /<form[^>]* action="([^"]+)" enctype="multipart\/form-data">([\s\S]*?)<\/form>/.exec(html) ?? [];
  if (!/name="policy"/.test(inside)) throw new Error('the page has no form for a file');
  const [before = ''] = inside.split('type="file"');
  const fields = [...before.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return { action, fields: fields.map(([, name = '', value = '']) => [name, value] as const) };
}

/** Sends a file by the form of a page, as a browser without scripts does. Gives the address that the bucket leads to. */
export async function giveFile(html: string, content: string | Uint8Array<ArrayBuffer>, name: string): Promise<string> {
  const { action, fields } = fileForm(html);
  const body = new FormData();
  for (const [field, value] of fields) body.set(field, value);
  body.set('file', new Blob([content]), name);
  const response = await fetch(action, { method: 'POST', body, redirect: 'manual' });
  const location = response.headers.get('location');
  if (response.status !== 303 || !location) throw new Error(`${response.status}: ${await response.text()}`);
  return location;
}
