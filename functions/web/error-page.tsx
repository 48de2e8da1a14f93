import type { Context, ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Rejected, Retryable, rejectionCodes, Throttled } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import { fieldText, refusalText } from '../../shared/i18n/errors.ts';
import { ConditionFailed } from '../../shared/store/table.ts';
import { logFailure } from '../log/log-line.ts';
import { OutOfTime } from './in-time.ts';
import { Hidden } from './inputs.tsx';
import { languageOf } from './language.ts';
import { Page, respond } from './page.tsx';
import { readForm } from './read-form.ts';
import { Submit } from './submit.tsx';
import { webText } from './text.ts';

/** Bytes of a form that a page carries once more. */
const LONGEST_FORM = 500_000;

/** What a page about an error says. */
export interface Said {
  readonly language: Language;
  readonly title: string;
  readonly status: number;
  readonly children: Child;
}

/** Which door the pages belong to. */
interface ErrorPages {
  /** where "home" leads */
  readonly home?: string;
  /** the page around what is said, where it is another than that of whom nobody knows */
  readonly page?: (c: Context, said: Said) => Child | undefined;
}

interface ErrorPageProps extends ErrorPages {
  readonly c: Context;
  readonly language: Language;
  readonly status: ContentfulStatusCode;
  readonly children?: Child;
}

function titleOf(language: Language, status: number): string {
  const titles: Readonly<Record<string, string>> = webText[language].errorTitle;
  return titles[String(status)] ?? webText[language].errorTitle['422'];
}

function ErrorPage({ c, language, status, home = '/', page, children }: ErrorPageProps) {
  const title = titleOf(language, status);
  const said = (
    <>
      <h1>{title}</h1>
      {children}
      <p>
        <a href={home}>{webText[language].home}</a>
      </p>
    </>
  );
  return (
    page?.(c, { language, title, status, children: said }) ?? (
      <Page language={language} title={title} url={c.req.url} home={home}>
        {said}
      </Page>
    )
  );
}

function rejectedPage(c: Context, error: Rejected, pages: ErrorPages) {
  const language = languageOf(c);
  const { status } = rejectionCodes[error.code];
  if (error.code === 'too-many-requests') c.header('retry-after', String(error.params.seconds));
  const mendable = c.req.method === 'POST' && status !== 404;
  return respond(
    c,
    <ErrorPage {...pages} c={c} language={language} status={status}>
      <p class="lead">{refusalText(language, error.code, error.params)}</p>
      {error.fields.length > 0 && (
        <ul>
          {error.fields.map((field) => (
            <li>{fieldText(language, field)}</li>
          ))}
        </ul>
      )}
      {mendable && <p>{webText[language].goBack}</p>}
    </ErrorPage>,
    status,
  );
}

function busyPage(c: Context, pages: ErrorPages) {
  const language = languageOf(c);
  c.header('retry-after', '3');
  return respond(
    c,
    <ErrorPage {...pages} c={c} language={language} status={503}>
      <p class="lead">{webText[language].busy}</p>
      {c.req.method === 'POST' && <p>{webText[language].goBack}</p>}
    </ErrorPage>,
    503,
  );
}

/** The form that ran out of time, to be sent again as it is; none where it cannot be read, or is too long to stand in a page. */
async function sentAgain(c: Context): Promise<Child> {
  if (c.req.method !== 'POST' || (await c.req.arrayBuffer()).byteLength > LONGEST_FORM) return null;
  const form = await readForm(c).catch(() => undefined);
  if (!form) return null;
  const text = webText[languageOf(c)];
  const { pathname, search } = new URL(c.req.url);
  return (
    <form method="post" action={`${pathname.replace(/^\/+/, '/')}${search}`}>
      {form.names.flatMap((name) => form.all(name).map((value) => <Hidden name={name} value={value} />))}
      {form.hasFiles && <p>{text.fileAgain}</p>}
      <Submit text={text.sendAgain} />
    </form>
  );
}

async function latePage(c: Context, pages: ErrorPages) {
  const language = languageOf(c);
  const text = webText[language];
  c.header('retry-after', '3');
  return respond(
    c,
    <ErrorPage {...pages} c={c} language={language} status={503}>
      <p class="lead">{text.outOfTime}</p>
      {await sentAgain(c)}
      {c.req.method === 'POST' && <p>{text.goBack}</p>}
    </ErrorPage>,
    503,
  );
}

function unexpectedPage(c: Context, error: unknown, pages: ErrorPages) {
  const language = languageOf(c);
  const reference = crypto.randomUUID().slice(0, 8);
  logFailure('unexpected', error, { reference });
  return respond(
    c,
    <ErrorPage {...pages} c={c} language={language} status={500}>
      <p class="lead">{webText[language].unexpected}</p>
      <p>
        {webText[language].reference} <strong class="number">{reference}</strong>
      </p>
      {c.req.method === 'POST' && <p>{webText[language].goBack}</p>}
    </ErrorPage>,
    500,
  );
}

/**
 * What is answered when a handler throws: a page in the reader's language that says what to do. What nobody expected is
 * logged as one line with the number that the page shows.
 */
export function errorPages(pages: ErrorPages = {}): ErrorHandler {
  return (error, c) => {
    if (error instanceof Rejected) return rejectedPage(c, error, pages);
    if (error instanceof ConditionFailed) return rejectedPage(c, new Rejected('stage-changed'), pages);
    if (error instanceof OutOfTime) return latePage(c, pages);
    if (error instanceof Throttled || error instanceof Retryable) return busyPage(c, pages);
    if (error instanceof HTTPException && error.status < 500)
      return rejectedPage(c, new Rejected('unreadable-body'), pages);
    return unexpectedPage(c, error, pages);
  };
}
