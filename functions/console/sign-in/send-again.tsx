import type { Context } from 'hono';
import { Hidden } from '../../web/inputs.tsx';
import { languageOf } from '../../web/language.ts';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import { frameText } from '../texts/frame.ts';

/**
 * Whether a form came from a page of ours, as browsers of today say of themselves. Only then is what it holds shown again:
 * another site's words must not stand on a page of the console.
 */
export function isOurs(c: Context): boolean {
  return c.req.header('sec-fetch-site') === 'same-origin';
}

/** What a form held that was not taken, to be sent again by hand. Files are not kept: they must be chosen again. */
export function SendAgain({
  c,
  form,
  csrf = '',
}: {
  readonly c: Context;
  readonly form: Form;
  readonly csrf?: string;
}) {
  const text = frameText[languageOf(c)];
  const { pathname, search } = new URL(c.req.url);
  const fields = form.names
    .filter((name) => name !== 'csrf')
    .flatMap((name) => form.all(name).map((value) => ({ name, value })));
  // what is longer than a choice or a number was typed
  const typed = fields.filter(({ value }) => /\s|\p{Script=Han}/u.test(value.trim()) || value.length > 40);
  return (
    <form method="post" action={pathname + search}>
      <Hidden name="csrf" value={csrf} />
      {fields.map((field) => (
        <Hidden {...field} />
      ))}
      {typed.map(({ value }) => (
        <blockquote class="history-reason">{value}</blockquote>
      ))}
      <div class="actions">
        <Submit text={text.sendAgain} />
      </div>
    </form>
  );
}
