import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isCoordinator, mayEver } from '../../shared/cases/acting.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Member } from '../../shared/domain/party.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { Hidden } from '../web/inputs.tsx';
import { type NavItem, Page, respond } from '../web/page.tsx';
import type { ConsoleContext, Visit } from './door.ts';
import { stylesheetPath } from './stylesheet.ts';
import { frameText } from './texts/frame.ts';

export type Room = 'inbox' | 'cases' | 'programmes' | 'offers' | 'batch' | 'referrals' | 'import' | 'new' | 'stand-ins';

const paths: Readonly<Record<Room, string>> = {
  inbox: '/console',
  cases: '/console/cases',
  programmes: '/console/programmes',
  offers: '/console/offers',
  batch: '/console/insurance/batch',
  referrals: '/console/referrals',
  import: '/console/import',
  new: '/console/new',
  'stand-ins': '/console/stand-ins',
};

/** The rooms that a member may enter. */
export function roomsOf(member: Member): readonly Room[] {
  const funder = member.partyType === 'funder';
  const coordinator = isCoordinator(member);
  return [
    'inbox',
    ...(member.partyType === 'organization' ? [] : (['cases'] as const)),
    ...(funder || member.partyType === 'hub' ? (['programmes', 'offers'] as const) : []),
    ...(member.partyType === 'insurer' && member.roles.includes('insurer') ? (['batch'] as const) : []),
    ...(mayEver({ type: 'member', member }, 'see-referrals') ? (['referrals'] as const) : []),
    ...(coordinator ? (['import', 'new'] as const) : []),
    ...(mayEver({ type: 'member', member }, 'name-stand-in') ? (['stand-ins'] as const) : []),
  ];
}

/** A member's roles in their party, as text. */
export function rolesText(language: Language, member: Member): string {
  return member.roles.map((role) => domainText[language].roles[role]).join(frameText[language].list);
}

function Who({ visit }: { readonly visit: Visit }) {
  const { member, memberships, language, csrf } = visit;
  const text = frameText[language];
  return (
    <details class="who">
      <summary>
        <span class="who-name">{member.name}</span>
        <span class="who-party">{member.partyName}</span>
      </summary>
      <div class="who-more">
        <p>
          {text.actingFor}: <strong>{member.partyName}</strong>
          <br />
          {rolesText(language, member)}
        </p>
        {memberships.length > 1 && (
          <form method="post" action="/console/party">
            <Hidden name="csrf" value={csrf} />
            <p class="label">{text.party}</p>
            {memberships
              .filter(({ party }) => party !== member.party)
              .map((other) => (
                <button type="submit" class="button second" name="party" value={other.party}>
                  {other.partyName} · {rolesText(language, other)}
                </button>
              ))}
          </form>
        )}
        <form method="post" action="/console/sign-out">
          <Hidden name="csrf" value={csrf} />
          <button type="submit" class="link-button">
            {text.signOut}
          </button>
        </form>
      </div>
    </details>
  );
}

interface FrameProps {
  readonly title: string;
  readonly room?: Room;
  /** a form that loses what is typed when the language changes goes without the switch's help: the page says so */
  readonly status?: ContentfulStatusCode;
  readonly children?: Child;
}

/** Answers with a page of the console: who acts for whom is on each. */
export function showPage(c: ConsoleContext, { title, room, status, children }: FrameProps) {
  const visit = c.get('visit');
  const { language } = visit;
  const text = frameText[language];
  const nav: NavItem[] = roomsOf(visit.member).map((name) => ({
    href: paths[name],
    text: text.nav[name],
    current: name === room,
  }));
  return respond(
    c,
    <Page
      language={language}
      title={title}
      url={c.req.url}
      home="/console"
      door={text.door}
      nav={nav}
      person={<Who visit={visit} />}
      wide
    >
      <link rel="stylesheet" href={stylesheetPath} />
      {children}
    </Page>,
    status,
  );
}
