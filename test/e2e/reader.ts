import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Language } from '../../shared/domain/language.ts';
import { newReader } from '../browser/browser.ts';
import { pageFaults } from './page-faults.ts';

/** Milliseconds for one thing that a person does: a bound for what hangs, not for a machine that is busy. */
const PATIENCE = 60_000;

/** Values by the names of the fields; true and false tick and untick. */
export type Values = Readonly<Record<string, string | boolean>>;

export interface ReaderOptions {
  readonly language?: Language;
  readonly viewport?: 'phone' | 'desk';
  readonly javaScript?: boolean;
  /** Lets pages look for news of themselves; a test asks for a page when it wants it, else. */
  readonly refreshing?: boolean;
}

/** Somebody with a browser of their own. Each page they come to is looked over, and what is wrong with it kept. */
export interface Reader {
  readonly page: Page;
  /** Everything that was wrong with the pages so far: in the browser's console, and on the page. */
  readonly faults: readonly string[];
  open(address: string): Promise<void>;
  /** Presses a button and waits for the page that follows. */
  press(name: string | RegExp, within?: Locator): Promise<void>;
  /** Follows a link and waits for the page that follows. */
  follow(name: string | RegExp): Promise<void>;
  /** Fills in fields in sight, as a hand would. */
  fill(values: Values, within?: Locator): Promise<void>;
  /** Does what leads to another page, waits for it and looks it over. */
  turn(act: () => Promise<unknown>): Promise<void>;
  /** Another tab of the same browser, watched like this one. */
  tab(): Promise<Reader>;
  /** What stands on the page, as it is read. */
  text(): Promise<string>;
  /** The page's main heading. */
  heading(): Promise<string>;
  close(): Promise<void>;
}

/** A page that came with an error status is one the person sees, not a resource that is missing. */
function isOfThePage(page: Page, text: string, url: string): boolean {
  return text.startsWith('Failed to load resource') && url === page.url();
}

async function setField(field: Locator, value: string | boolean): Promise<void> {
  if (typeof value === 'boolean') return field.setChecked(value);
  const kind = await field.evaluate((element) => `${element.nodeName} ${element.getAttribute('type') ?? ''}`);
  if (kind.startsWith('SELECT')) await field.selectOption(value);
  else await field.fill(value);
}

/**
 * Keeps pages from looking for news of themselves: a person who types would be in its way now and then, and a test
 * asks for a page when it wants it. A page that leads on to another one still does.
 */
async function withoutRefresh(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  browser.on('Fetch.requestPaused', ({ requestId, responseStatusCode, responseHeaders = [] }) => {
    const kept = responseHeaders.filter(
      ({ name, value }) => !(name.toLowerCase() === 'refresh' && !/url=/i.test(value)),
    );
    const answer = responseStatusCode && kept.length < responseHeaders.length;
    browser
      .send('Fetch.continueResponse', {
        requestId,
        ...(answer && { responseCode: responseStatusCode, responseHeaders: kept }),
      })
      // the page was left or closed meanwhile
      .catch(() => undefined);
  });
  const documents = { urlPattern: '*', resourceType: 'Document', requestStage: 'Response' } as const;
  await browser.send('Fetch.enable', { patterns: [documents] });
}

/** Looks at a page once it stays: one that leads on to another is gone before it is looked at. */
async function whenItStays<T>(page: Page, look: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      await page.waitForLoadState('load');
      return await look();
    } catch (error) {
      if (tries === 20 || !/navigat|context was destroyed/i.test(String(error))) throw error;
    }
  }
}

/** A folder for a picture of every page on the way, for those who want to look at them. */
const pictures = process.env.JIELI_PICTURES;
let taken = 0;

function pictureName(page: Page, { language = 'zh', viewport = 'desk' }: ReaderOptions): string {
  taken += 1;
  const path = new URL(page.url()).pathname.replace(/\/track\/[^/]+/, '/track').replaceAll('/', '-');
  return `${process.pid}-${String(taken).padStart(3, '0')}-${viewport}-${language}${path}.png`;
}

/** A browser session that is watched. `base` is where the hub is reached. */
export async function openReader(browser: Browser, base: string, options: ReaderOptions = {}): Promise<Reader> {
  const context = await newReader(browser, options);
  context.setDefaultTimeout(PATIENCE);
  return openTab(context, base, options, []);
}

/** Sign-in, mailbox and the page of the stack are the local cloud's own, and are not in the reader's language. */
function ownLanguage(pathname: string): Language | undefined {
  if (/^\/_aws\/oidc(\/|$)/.test(pathname)) return 'zh';
  return /^\/(_aws|mail)(\/|$)/.test(pathname) ? 'en' : undefined;
}

async function openTab(
  context: BrowserContext,
  base: string,
  options: ReaderOptions,
  faults: string[],
): Promise<Reader> {
  const { language = 'zh', refreshing = false } = options;
  const page = await context.newPage();
  if (!refreshing) await withoutRefresh(page);
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (isOfThePage(page, message.text(), message.location().url)) return;
    faults.push(`${page.url()}: ${message.text()}`);
  });

  async function turn(act: () => Promise<unknown>): Promise<void> {
    const loaded = page.waitForEvent('load');
    loaded.catch(() => undefined);
    await act();
    await loaded;
    const { pathname } = new URL(page.url());
    faults.push(...(await whenItStays(page, () => pageFaults(page, ownLanguage(pathname) ?? language))));
    if (pictures) await page.screenshot({ path: join(pictures, pictureName(page, options)), fullPage: true });
  }

  const among = (within?: Locator) => within ?? page.locator('body');
  return {
    page,
    faults,
    turn,
    tab: () => openTab(context, base, options, faults),
    open: (address) => turn(() => page.goto(new URL(address, base).href)),
    press: (name, within) =>
      turn(() =>
        among(within)
          .getByRole('button', { name, exact: typeof name === 'string' })
          .click(),
      ),
    follow: (name) =>
      turn(() =>
        page
          .getByRole('link', { name, exact: typeof name === 'string' })
          .first()
          .click(),
      ),
    async fill(values, within) {
      for (const [name, value] of Object.entries(values)) {
        const named = among(within).locator(`[name="${name}"]:visible`);
        const radio = among(within).locator(`input[type=radio][name="${name}"][value="${value}"]:visible`);
        if ((await radio.count()) > 0) await radio.check();
        else await setField(named, value);
      }
    },
    text: async () => (await page.locator('body').allInnerTexts()).join('\n'),
    heading: async () => (await page.locator('h1').allInnerTexts()).join(' / '),
    close: () => (context.pages().length > 1 ? page.close() : context.close()),
  };
}
