import ical from 'ical-generator';
import * as z from 'zod';
import { ownDesk, tasksOf } from '../../../shared/answering/own-desk.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { MemberId, newSlug, PartyId, Slug } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Member } from '../../../shared/domain/party.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { kindText, stageText } from '../../../shared/i18n/kind-text.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { partyNameIn } from '../../../shared/i18n/names.ts';
import { deriveKey } from '../../../shared/secrets/derive-key.ts';
import type { Hub } from '../../../shared/store/hub.ts';
import { choosing, readMember } from '../../../shared/store/parties.ts';
import { transact } from '../../../shared/store/table.ts';
import { Hidden } from '../../web/inputs.tsx';
import { originOf } from '../../web/origin.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { seal, unseal } from '../sign-in/seal.ts';
import { peopleText } from '../texts/people.ts';

/** Tasks that a calendar has at most, those that are due first: calendars ask every few hours, and a full desk has hundreds. */
const MOST = 100;
const MINUTES_SHOWN = 30;
const ENDING = '.ics';

/** What the link holds, sealed: nobody can make one, or read out of it who signs in. */
const Linked = z.strictObject({ party: PartyId, who: MemberId, calendar: Slug });

/** Where a member's calendar is, undefined where they have none. Anew at each call; all of them open the same one. */
export async function calendarLink(
  c: ConsoleContext,
  door: Door,
  { party, id, calendar }: Member,
): Promise<string | undefined> {
  if (!calendar) return undefined;
  const key = await deriveKey(door.hub.macKeyId, 'calendar');
  return `${originOf(c, door)}/console/calendar/${seal(key, JSON.stringify({ party, who: id, calendar }))}${ENDING}`;
}

/** Whose calendar a link opens: nobody's once they have another, or are no longer a member. Cost: a read. */
async function readerOf({ table, macKeyId }: Hub, link: string): Promise<Member | undefined> {
  if (!link.endsWith(ENDING)) return undefined;
  const text = unseal(await deriveKey(macKeyId, 'calendar'), link.slice(0, -ENDING.length));
  if (text === undefined) return undefined;
  const { party, who, calendar } = Linked.parse(JSON.parse(text));
  const member = await readMember(table, party, who);
  return member?.calendar === calendar ? member : undefined;
}

async function tasksFor(hub: Hub, member: Member): Promise<OpenTask[]> {
  const desk = await ownDesk(hub, member);
  const { items } = await tasksOf(hub.table, member, desk, undefined, MOST);
  return [...(await desk.held(items)).keys()];
}

/** What waits for a member, by when it is due, for the calendar program that has their link. Cost: as a page of their inbox. */
export async function calendarFile(c: ConsoleContext, door: Door) {
  const member = await readerOf(door.hub, c.req.param('link') ?? '');
  if (!member) throw new Rejected('not-found');
  const { language } = member;
  const calendar = ical({
    name: fill(peopleText[language].calendarName, { party: partyNameIn(language, member) }),
    prodId: { company: 'Jieli', product: 'Jieli' },
    ttl: 3_600,
  });
  for (const { id, caseId, kind, stage, dueAt } of await tasksFor(door.hub, member)) {
    const start = new Date(dueAt);
    calendar.createEvent({
      id,
      start,
      end: new Date(start.getTime() + MINUTES_SHOWN * 60_000),
      summary: `${kindText(language, kind)} ${caseId} · ${stageText(language, kind, stage)}`,
      url: `${originOf(c, door)}/console/cases/${caseId}`,
    });
  }
  c.header('cache-control', 'no-store');
  return c.body(calendar.toString(), 200, { 'content-type': 'text/calendar; charset=utf-8' });
}

/** A member's calendar on their page: its link, and what can be done about it. */
export function CalendarPanel({
  link,
  language,
  csrf,
}: {
  link: string | undefined;
  language: Language;
  csrf: string;
}) {
  const text = peopleText[language];
  return (
    <form class="panel narrow" method="post" action="/console/sign-ins/calendar">
      <Hidden name="csrf" value={csrf} />
      <h2>{text.calendar}</h2>
      <p>{text.calendarLead}</p>
      {link !== undefined && (
        <>
          <label class="label" for="calendar-link">
            {text.calendarLink}
          </label>
          <textarea id="calendar-link" class="control full" rows={4} readonly>{`\n${link}`}</textarea>
          <p>
            <a href={link.replace(/^https?:/, 'webcal:')}>{text.calendarOpen}</a>
          </p>
        </>
      )}
      <div class="actions">
        <Submit
          text={link === undefined ? text.calendarMake : text.calendarAgain}
          look="second"
          name="do"
          value="make"
        />
        {link !== undefined && <Submit text={text.calendarEnd} look="danger" name="do" value="end" />}
      </div>
    </form>
  );
}

/** Gives the member a calendar, another link to it, or none: a link that there was before ends. */
export async function calendarForm(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const calendar = c.get('form').get('do') === 'end' ? undefined : newSlug();
  await transact(door.hub.table, choosing(door.hub.table, member, 'calendar', calendar));
  return c.redirect('/console/sign-ins?done=calendar', 303);
}
