import type { Context } from 'hono';
import { Rejected } from '../../shared/domain/errors.ts';
import { UnreadableFile } from '../../shared/spreadsheet/unreadable-file.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { keepTyped, readTyped } from '../../shared/store/typed-forms.ts';
import { originOf } from '../web/origin.ts';
import { type Form, fieldsOf, toForm, type Upload } from '../web/read-form.ts';
import { isNameOf, newFileName } from './file-name.ts';
import { type FileForm, FORM_SECONDS, type Incoming } from './incoming.ts';

/** A form whose file comes by a page of its own, below the form's address. */
export interface FileWay {
  readonly c: Context;
  readonly hub: Pick<Hub, 'table' | 'macKeyId'>;
  readonly incoming: Incoming;
  readonly publicUrl?: string | undefined;
  /** the form's own */
  readonly path: string;
  /** who alone may go on with it; left out, whoever has its address */
  readonly who?: string;
}

/** What the page is drawn from on which a file is chosen. */
export interface FileAsked {
  readonly form: FileForm;
  /** what came was a file without content, as a browser sends where none was chosen */
  readonly wasEmpty: boolean;
}

/** The form with its file, as if both had come in one request; or that the file must be chosen. */
type Come = { readonly form: Form; done(): Promise<void> } | { readonly choice: FileAsked };

const whose = ({ path, who = '' }: FileWay) => `form ${path} ${who}`;

/** Whoever reads it is told that it is too large. */
const TOO_LARGE: Upload = {
  name: '',
  get bytes(): Uint8Array {
    throw new UnreadableFile('too-large');
  },
};

/** Keeps what was typed, and leads to the page where its file is chosen. Cost: as a rule one write. */
export async function leadToFile(way: FileWay, form: Form): Promise<Response> {
  const file = await newFileName(way.hub, whose(way));
  await keepTyped(way.hub.table, file, fieldsOf(form));
  return way.c.redirect(`${way.path}/file/${file}`, 303);
}

/**
 * What came for a form: asked for until there is a file, then once with it. `done` removes the file.
 * @throws {@link Rejected} `not-found` where nothing was typed, or longer than a day ago
 */
export async function comeWithFile(way: FileWay): Promise<Come> {
  const { c, hub, incoming } = way;
  c.header('cache-control', 'private, no-store');
  const file = c.req.param('file') ?? '';
  const typed = (await isNameOf(hub, file, whose(way))) ? await readTyped(hub.table, file) : undefined;
  if (!typed) throw new Rejected('not-found');
  const came = await incoming.read(file);
  if (came === 'gone' || came.length === 0) {
    // a page that stays open comes anew before its form is too old to be sent
    c.header('refresh', String(FORM_SECONDS / 2));
    const form = await incoming.form(file, `${originOf(c, way)}${way.path}/file/${file}`);
    return { choice: { form, wasEmpty: came !== 'gone' } };
  }
  const fields = typed.filter(([name]) => name !== 'action');
  const upload = came === 'too-large' ? TOO_LARGE : { name: '', bytes: came };
  return {
    form: toForm([...fields, ['action', 'upload']], new Map([['file', upload]])),
    done: () => incoming.remove(file),
  };
}
