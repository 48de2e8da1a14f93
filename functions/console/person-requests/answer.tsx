import { recordTrace } from '../../../shared/audit/record.ts';
import { actorOf } from '../../../shared/cases/acting.ts';
import { makeProof } from '../../../shared/cases/person-proof.ts';
import { erasePerson, findPerson } from '../../../shared/cases/person-request.ts';
import { instant, localDate } from '../../../shared/domain/time.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { personRequestText } from '../texts/person-requests.ts';
import { askedIn } from './asked.ts';
import { Proof } from './proof.tsx';

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

/** Erases what was chosen and gives the person something to hold in their hand, which can be checked. */
export async function erasePersonForm(c: ConsoleContext, door: Door) {
  const visit = c.get('visit');
  const { acting, language } = visit;
  const form = c.get('form');
  const { by, shown } = askedIn(form);
  const erased = await erasePerson(door.hub, by, new Set(form.all('erase')), acting, shown);
  const proof = await makeProof(door.hub, { on: 'erased', erased }, by, acting);
  const text = personRequestText[language];
  return showPage(c, {
    title: text.proofTitle,
    room: 'person-requests',
    children: (
      <>
        <h1>{text.proofTitle}</h1>
        <Proof visit={visit} proof={proof} />
        <p>
          <a href="/console/person-requests">{text.again}</a>
        </p>
      </>
    ),
  });
}
