import { recordTrace } from '../../../shared/audit/record.ts';
import { actorOf } from '../../../shared/cases/acting.ts';
import { type Erased, erasePerson, findPerson } from '../../../shared/cases/person-request.ts';
import { instant, localDate } from '../../../shared/domain/time.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { personRequestText } from '../texts/person-requests.ts';
import { askedIn } from './search.tsx';

/** Everything that is kept about the person, as a file for them. */
export async function personFile(c: ConsoleContext, door: Door) {
  const { acting } = c.get('visit');
  const { by, shown } = askedIn(c.get('form'));
  const held = await findPerson(door.hub, by, acting, shown);
  const what = {
    type: 'exported',
    what: 'person',
    by: actorOf(acting),
    door: 'console',
    entries: held.cases.length + held.elsewhere.length,
  } as const;
  await recordTrace(door.hub.table, what, shown);
  const now = Date.now();
  const file = {
    madeAt: instant(now),
    held: held.cases.map(({ as, data }) => ({ as, ...data })),
    elsewhere: held.elsewhere.map(({ type, party, at, data }) => ({ type, party, at, data })),
  };
  return c.body(`${JSON.stringify(file, null, 2)}\n`, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="jieli-person-${localDate(now)}.json"`,
  });
}

function Proof({ done, language }: { readonly done: Erased; readonly language: 'zh' | 'en' }) {
  const text = personRequestText[language];
  return (
    <ul>
      {done.cases.map(({ caseId, erasedAt, version }) => (
        <li>
          <strong>{caseId}</strong>{' '}
          {erasedAt ? fill(text.proofErased, { at: momentText(erasedAt), version }) : text.proofKept}
        </li>
      ))}
      {done.elsewhere.map(({ held: { type, party, at }, isErased }) => (
        <li>
          <strong>{fill(text.elsewhere[type], { party, at: momentText(at) })}</strong>{' '}
          {isErased ? text.proofElsewhere : text.proofKept}
        </li>
      ))}
    </ul>
  );
}

/** Erases the chosen cases and gives the person something to hold in their hand. */
export async function erasePersonForm(c: ConsoleContext, door: Door) {
  const { acting, member, language } = c.get('visit');
  const form = c.get('form');
  const { by, shown } = askedIn(form);
  const done = await erasePerson(door.hub, by, new Set(form.all('erase')), acting, shown);
  const text = personRequestText[language];
  return showPage(c, {
    title: text.proofTitle,
    room: 'person-requests',
    children: (
      <>
        <h1>{text.proofTitle}</h1>
        <p>
          {fill(text.proofText, { name: `${member.name} · ${member.partyName}`, at: momentText(instant(Date.now())) })}
        </p>
        <Proof done={done} language={language} />
        <p class="hint">{text.print}</p>
        <p>
          <a href="/console/person-requests">{text.again}</a>
        </p>
      </>
    ),
  });
}
