import type { Context } from 'hono';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Language } from '../../shared/domain/language.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { assetPath } from './assets.ts';
import { Hidden } from './inputs.tsx';
import { Logo } from './logo.tsx';
import { webText } from './text.ts';

export interface NavItem {
  readonly href: string;
  readonly text: string;
  readonly current?: boolean | undefined;
}

interface PageProps {
  readonly language: Language;
  /** what the page is about; the product's name is added */
  readonly title: string;
  /** the address of the page that is shown, to offer it in the other language */
  readonly url: string;
  /** where the name in the header leads */
  readonly home?: string;
  /** what stands beside the name: which door this is */
  readonly door?: string;
  readonly nav?: readonly NavItem[];
  /** at the right of the header: who is signed in */
  readonly person?: Child;
  readonly footer?: Child;
  /** the id of a form with unsent answers: changing the language then sends it, so that nothing typed is lost */
  readonly keeps?: string | undefined;
  /**
   * what was sent, where the page is the answer to a form: changing the language sends it again with `redraw`, for which
   * nothing is done but to show the same page
   */
  readonly sent?: readonly (readonly [name: string, value: string])[] | undefined;
  /** tables need room: what stands on the page is as wide as its header */
  readonly wide?: boolean;
  /** a script of our own, by its name among the assets */
  readonly script?: 'copy.js';
  readonly children?: Child;
}

function LanguageSwitch({ language, url, keeps, sent }: Pick<PageProps, 'language' | 'url' | 'keeps' | 'sent'>) {
  const text = webText[language];
  const other = language === 'zh' ? 'en' : 'zh';
  const label = { lang: other === 'zh' ? 'zh-CN' : 'en', title: text.otherLanguageHint };
  if (keeps) {
    return (
      <button
        class="language"
        type="submit"
        form={keeps}
        name="action"
        value={`lang:${other}`}
        formnovalidate
        {...label}
      >
        {text.otherLanguage}
      </button>
    );
  }
  const { pathname, searchParams } = new URL(url);
  // two slashes at the beginning of an address are another host
  const path = pathname.replace(/^\/+/, '/');
  const query = new URLSearchParams(searchParams);
  query.set('lang', other);
  if (sent) {
    return (
      <form class="language-form" method="post" action={`${path}?${query}`}>
        {sent.map(([name, value]) => (
          <Hidden name={name} value={value} />
        ))}
        <button class="language" type="submit" name="redraw" value="yes" {...label}>
          {text.otherLanguage}
        </button>
      </form>
    );
  }
  return (
    <a class="language" href={`${path}?${query}`} hreflang={label.lang} {...label}>
      {text.otherLanguage}
    </a>
  );
}

/** The page around everything: header with the name and the other language, navigation, content, footer. */
export function Page(props: PageProps) {
  const { language, title, home = '/', door, nav = [], person, footer, wide, keeps, children } = props;
  const { name } = domainText[language];
  return (
    <html lang={language === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>{title === name ? name : `${title} · ${name}`}</title>
        <link rel="stylesheet" href={assetPath('app.css')} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {props.script && <script src={assetPath(props.script)} defer />}
      </head>
      <body>
        {keeps && (
          // the first button of a form is what the Enter key presses: it must not be the other language
          <div class="unseen" aria-hidden="true">
            <button type="submit" form={keeps} name="action" value="" tabindex={-1}>
              {webText[language].proceed}
            </button>
          </div>
        )}
        <a class="skip" href="#main">
          {webText[language].skip}
        </a>
        <header class="top">
          <div class="bar">
            <a class="name" href={home}>
              <Logo />
              <span class="name-zh">接力</span>
              <span class="name-en">Jieli</span>
            </a>
            {door && <span class="door">{door}</span>}
            <span class="bar-end">
              {person}
              <LanguageSwitch {...props} />
            </span>
          </div>
          {nav.length > 0 && (
            <nav class="nav">
              <ul>
                {nav.map((item) => (
                  <li>
                    <a href={item.href} {...(item.current && { 'aria-current': 'page' })}>
                      {item.text}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
        </header>
        <main id="main" class={wide ? 'wide' : undefined} tabindex={-1}>
          {children}
        </main>
        <footer class="bottom">
          <div class="inner">
            <p class="tagline">
              {name} · {webText[language].tagline}
            </p>
            {footer}
          </div>
        </footer>
      </body>
    </html>
  );
}

/** Answers with a page. */
export function respond(c: Context, view: Child, status: ContentfulStatusCode = 200): Response | Promise<Response> {
  return c.html(
    <>
      {raw('<!doctype html>')}
      {view}
    </>,
    status,
  );
}
