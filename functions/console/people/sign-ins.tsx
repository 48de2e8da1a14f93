import * as z from 'zod';
import { MailPace } from '../../../shared/domain/digest.ts';
import { paceOf } from '../../../shared/domain/party.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { instant } from '../../../shared/domain/time.ts';
import { momentText } from '../../../shared/i18n/lookup.ts';
import { choosing } from '../../../shared/store/parties.ts';
import { endSessionsOf, listSessions } from '../../../shared/store/sessions.ts';
import { transact } from '../../../shared/store/table.ts';
import { choicesOf, Select } from '../../web/choices.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { peopleText } from '../texts/people.ts';
import { CalendarPanel, calendarLink } from './calendar.tsx';

/** Where the person is signed in now, a way to end that everywhere else, and how often they are told by mail what waits for them. */
export async function signInsPage(c: ConsoleContext, door: Door) {
  const { member, session, language, csrf } = c.get('visit');
  const text = peopleText[language];
  const all = await listSessions(door.hub.table, member.id, instant(Date.now()));
  const done = c.req.query('done');
  return showPage(c, {
    title: text.sessions,
    children: (
      <>
        <h1>{text.sessions}</h1>
        {done === 'ended' && <Notice tone="done">{text.done.ended}</Notice>}
        {(done === 'pace' || done === 'calendar') && <Notice tone="done">{text.done[done]}</Notice>}
        <form class="panel narrow" method="post" action="/console/sign-ins/mails">
          <Hidden name="csrf" value={csrf} />
          <Select
            form={formView({ language, labels: { mails: text.mails }, value: () => paceOf(member) })}
            name="mails"
            hint={text.mailsLead}
            choices={choicesOf(text.paces)}
          />
          <Submit text={text.choosePace} look="second" />
        </form>
        <CalendarPanel link={await calendarLink(c, door, member)} language={language} csrf={csrf} />
        <h2>{text.signedIn}</h2>
        <p>{text.sessionsLead}</p>
        <ListTable
          rows={all}
          columns={[
            {
              head: text.started,
              cell: ({ startedAt, hash }) => (
                <>
                  {momentText(startedAt)} {hash === session && <span class="tag plain">{text.here}</span>}
                </>
              ),
            },
            { head: text.ends, cell: ({ endsAt }) => momentText(endsAt) },
          ]}
        />
        <form method="post" action="/console/sign-ins">
          <Hidden name="csrf" value={csrf} />
          <Submit text={text.endOthers} look="danger" />
        </form>
      </>
    ),
  });
}

export async function endSignIns(c: ConsoleContext, door: Door) {
  const { member, session } = c.get('visit');
  await endSessionsOf(door.hub.table, member.id, session);
  return c.redirect('/console/sign-ins?done=ended', 303);
}

const Chosen = z.object({ mails: MailPace });

/** How often the member is told by mail, from now on: in this party alone, as they may be another's only occasionally. */
export async function choosePace(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const { mails } = parseInput(Chosen, { mails: c.get('form').get('mails') });
  await transact(door.hub.table, choosing(door.hub.table, member, 'mails', mails));
  return c.redirect('/console/sign-ins?done=pace', 303);
}
