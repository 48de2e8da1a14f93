import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Language } from '../../shared/domain/language.ts';
import { newReader } from '../browser/browser.ts';
import { pageFaults } from './page-faults.ts';

/** Values by the names of the fields; true and false tick and untick. */
export type Values = Readonly<Record<string, string | boolean>>;

export interface ReaderOptions {
  readonly language?: Language;
  readonly viewport?: 'phone' | 'desk';
  readonly javaScript?: boolean;
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

/** Goes to an address, also from a page that looks for news of itself at that moment: the later of the two wins. */
async function goTo(page: Page, url: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await page.goto(url);
      return;
    } catch (error) {
      if (tries === 5 || !/ERR_ABORTED|interrupted by another navigation/.test(String(error))) throw error;
      await page.waitForLoadState('load');
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
  const { language = 'zh' } = options;
  const context = await newReader(browser, options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: string[] = [];
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
    // the sign-in and the mailbox are the local cloud's own
    if (/^\/(_aws|mail)(\/|$)/.test(new URL(page.url()).pathname)) return;
    faults.push(...(await pageFaults(page, language)));
    if (pictures) await page.screenshot({ path: join(pictures, pictureName(page, options)), fullPage: true });
  }

  const among = (within?: Locator) => within ?? page.locator('body');
  return {
    page,
    faults,
    turn,
    open: (address) => turn(() => goTo(page, new URL(address, base).href)),
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
    close: () => context.close(),
  };
}
