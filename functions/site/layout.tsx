import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Language } from '../../shared/domain/language.ts';
import { kindForms } from '../kinds/index.ts';
import { HubContact } from '../web/hub-contact.tsx';
import { Page } from '../web/page.tsx';
import { homeText } from './texts/home.ts';

interface SitePageProps {
  readonly c: Context;
  readonly language: Language;
  readonly title: string;
  readonly keeps?: string | undefined;
  readonly wide?: boolean;
  readonly script?: 'copy.js';
  readonly children?: Child;
}

/** A page of the public site. */
export function SitePage({ c, language, ...page }: SitePageProps) {
  const { programmes, footer } = homeText[language];
  const { pathname } = new URL(c.req.url);
  const items = [
    ...Object.values(kindForms).map(({ path, texts }) => ({ href: path, text: texts[language].menu })),
    { href: '/programmes', text: programmes },
  ];
  return (
    <Page
      {...page}
      language={language}
      url={c.req.url}
      nav={items.map((item) => ({ ...item, current: pathname === item.href }))}
      footer={
        <>
          <HubContact language={language} hub={c.get('hubShown')} />
          <ul>
            <li>
              <a href="/#find">{footer.find}</a>
            </li>
            <li>
              <a href="/privacy">{footer.privacy}</a>
            </li>
            <li>
              <a href="/console">{footer.staff}</a>
            </li>
          </ul>
        </>
      }
    />
  );
}
