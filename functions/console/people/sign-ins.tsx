import { instant } from '../../../shared/domain/time.ts';
import { momentText } from '../../../shared/i18n/lookup.ts';
import { endSessionsOf, listSessions } from '../../../shared/store/sessions.ts';
import { Hidden } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { peopleText } from '../texts/people.ts';

/** Where the person is signed in now, and a way to end that everywhere else. */
export async function signInsPage(c: ConsoleContext, door: Door) {
  const { member, session, language, csrf } = c.get('visit');
  const text = peopleText[language];
  const all = await listSessions(door.hub.table, member.id, instant(Date.now()));
  return showPage(c, {
    title: text.sessions,
    children: (
      <>
        <h1>{text.sessions}</h1>
        <p class="lead">{text.sessionsLead}</p>
        {c.req.query('done') === 'ended' && <Notice tone="done">{text.done.ended}</Notice>}
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
