import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { languageOf } from '../../web/language.ts';
import { Page, respond } from '../../web/page.tsx';
import type { ConsoleContext, Visit } from '../door.ts';
import { sentWith, showPage } from '../frame.tsx';
import { frameText } from '../texts/frame.ts';

/** A page for whoever is invited, or about to register an organization: who acts for a party already is shown as such. */
export function personPage(c: ConsoleContext, title: string, status: ContentfulStatusCode, children: Child) {
  const language = languageOf(c);
  c.header('cache-control', 'no-store');
  const visit: Visit | undefined = c.get('visit');
  if (visit) return showPage(c, { title, status, children });
  return respond(
    c,
    <Page
      language={language}
      title={title}
      url={c.req.url}
      home="/console"
      door={frameText[language].door}
      sent={sentWith(c)}
    >
      {children}
    </Page>,
    status,
  );
}
