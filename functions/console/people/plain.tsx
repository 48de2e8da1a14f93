import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { languageOf } from '../../web/language.ts';
import { Page, respond } from '../../web/page.tsx';
import type { ConsoleContext } from '../door.ts';
import { frameText } from '../texts/frame.ts';

/** A page for whoever is here without acting for a party: invited, or about to register an organization. */
export function personPage(c: ConsoleContext, title: string, status: ContentfulStatusCode, children: Child) {
  const language = languageOf(c);
  c.header('cache-control', 'no-store');
  return respond(
    c,
    <Page language={language} title={title} url={c.req.url} home="/console" door={frameText[language].door}>
      {children}
    </Page>,
    status,
  );
}
