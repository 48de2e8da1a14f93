import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Acting, mayEver } from '../../shared/answering/acting.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Member } from '../../shared/domain/party.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { colon, fill } from '../../shared/i18n/lookup.ts';
import { partyNameIn } from '../../shared/i18n/names.ts';
import type { Said } from '../web/error-page.tsx';
import { Hidden } from '../web/inputs.tsx';
import { type NavItem, Page, respond } from '../web/page.tsx';
import type { Form } from '../web/read-form.ts';
import { Submit } from '../web/submit.tsx';
import type { Room } from './areas.ts';
import type { ConsoleContext, Visit } from './door.ts';
import { stylesheetPath } from './stylesheet.ts';
import { frameText } from './texts/frame.ts';

/** An entry of the menu: the area that it leads to, and where that begins. */
interface MenuItem extends NavItem {
  readonly room: string;
}

/** The areas that whoever acts may enter. */
export function menuFor(c: ConsoleContext, acting: Acting, language: Language): readonly MenuItem[] {
  return c
    .get('areas')
    .flatMap(([room, { menu }]) =>
      menu && mayEver(acting, menu.action) ? [{ room, href: menu.path, text: menu.name(language) }] : [],
    );
}

/** A member's roles in their party, as text. */
export function rolesText(language: Language, member: Member): string {
  return member.roles.map((role) => domainText[language].roles[role]).join(frameText[language].list);
}

interface PartySwitchProps {
  readonly visit: Visit;
  /** the page to come to; left out, the inbox */
  readonly back?: string;
  /** leaves the page where it is */
  readonly inNewWindow?: boolean;
}

/** The other parties of a person, each a button: they act for that one from then on. */
export function PartySwitch({ visit, back, inNewWindow = false }: PartySwitchProps) {
  const { member, memberships, language, csrf } = visit;
  return (
    <form method="post" action="/console/party" class="party-switch" {...(inNewWindow && { target: '_blank' })}>
      <Hidden name="csrf" value={csrf} />
      {back && <Hidden name="return" value={back} />}
      <p class="label">{frameText[language].party}</p>
      {memberships
        .filter(({ party }) => party !== member.party)
        .map((other) => (
          <button type="submit" class="button second" name="party" value={other.party}>
            {partyNameIn(language, other)} · {rolesText(language, other)}
          </button>
        ))}
    </form>
  );
}

function Who({ visit }: { readonly visit: Visit }) {
  const { member, memberships, language, csrf } = visit;
  const text = frameText[language];
  return (
    <details class="who">
      <summary>
        <span class="who-name">{member.name}</span>
        <span class="who-party">{partyNameIn(language, member)}</span>
      </summary>
      <div class="who-more">
        <p>
          {text.actingFor}
          {colon(language)}
          <strong>{partyNameIn(language, member)}</strong>
          <br />
          {rolesText(language, member)}
        </p>
        {memberships.length > 1 && <PartySwitch visit={visit} />}
        <p>
          <a href="/console/sign-ins">{text.sessions}</a>
        </p>
        <form method="post" action="/console/sign-out">
          <Hidden name="csrf" value={csrf} />
          <Submit text={text.signOut} look="link" />
        </form>
      </div>
    </details>
  );
}

interface ConsolePageProps {
  readonly c: ConsoleContext;
  /** left out, that of the visit */
  readonly language?: Language;
  readonly title: string;
  readonly room?: Room | undefined;
  /** the id of a form with unsent answers, see `Page` */
  readonly keeps?: string;
  readonly children?: Child;
}

/** What was sent, where this is the answer to a form: changing the language loses nothing of it. */
export function sentWith(c: ConsoleContext) {
  const form: Form | undefined = c.req.method === 'POST' ? c.get('form') : undefined;
  const names = form?.names.filter((name) => name !== 'redraw');
  return names?.flatMap((name) => form?.all(name).map((value) => [name, value] as const) ?? []);
}

/** A page of the console: who acts for whom is on each. */
export function ConsolePage({ c, title, room, keeps, children, ...props }: ConsolePageProps) {
  const visit = { ...c.get('visit'), ...props };
  const { language } = visit;
  const text = frameText[language];
  const menu = menuFor(c, visit.acting, language);
  const nav = menu.map((item): NavItem => ({ href: item.href, text: item.text, current: item.room === room }));
  return (
    <Page
      language={language}
      title={title}
      url={c.req.url}
      home="/console"
      door={text.door}
      nav={nav}
      person={<Who visit={visit} />}
      keeps={keeps}
      sent={sentWith(c)}
      wide
    >
      <link rel="stylesheet" href={stylesheetPath} />
      {children}
    </Page>
  );
}

interface FrameProps {
  readonly title: string;
  readonly room?: Room;
  readonly status?: ContentfulStatusCode;
  readonly children?: Child;
}

/** Answers with a page of the console. */
export function showPage(c: ConsoleContext, { title, room, status, children }: FrameProps) {
  return respond(
    c,
    <ConsolePage c={c} title={title} room={room}>
      {children}
    </ConsolePage>,
    status,
  );
}

/**
 * The page around an error: whoever is signed in sees for whom they act; nothing of it for others. A link in a mail may be
 * meant for another of their parties: the page that they did not find or may not see can be opened for that one.
 */
export function errorFrame(c: ConsoleContext, { language, title, status, children }: Said) {
  const visit: Visit | undefined = c.get('visit');
  if (!visit) return undefined;
  const hidden = c.req.method === 'GET' && (status === 403 || status === 404);
  const { pathname, search } = new URL(c.req.url);
  return (
    <ConsolePage c={c} language={language} title={title}>
      {children}
      {hidden && visit.memberships.length > 1 && (
        <div class="panel narrow">
          <p>{fill(frameText[language].elsewhere, { party: partyNameIn(language, visit.member) })}</p>
          <PartySwitch visit={{ ...visit, language }} back={pathname + search} />
        </div>
      )}
    </ConsolePage>
  );
}
