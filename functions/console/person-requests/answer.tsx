import { localDate } from '../../../shared/domain/time.ts';
import { makeProof } from '../../../shared/persons/person-proof.ts';
import { erasePerson, exportPerson } from '../../../shared/persons/person-request.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { personRequestText } from '../texts/person-requests.ts';
import { askedIn } from './asked.ts';
import { Proof } from './proof.tsx';

/** Everything that is kept about the person, as a file for them. */
export async function personFile(c: ConsoleContext, door: Door) {
  const { acting } = c.get('visit');
  const file = await exportPerson(door.hub, askedIn(c.get('form')), acting, 'console');
  return c.body(`${JSON.stringify(file, null, 2)}\n`, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="jieli-person-${localDate(Date.parse(file.madeAt))}.json"`,
  });
}

/** Erases what was chosen and gives the person something to hold in their hand, which can be checked. */
export async function erasePersonForm(c: ConsoleContext, door: Door) {
  const visit = c.get('visit');
  const { acting, language } = visit;
  const form = c.get('form');
  const asked = askedIn(form);
  const erased = await erasePerson(door.hub, asked, new Set(form.all('erase')), acting, 'console');
  const proof = await makeProof(door.hub, { on: 'erased', erased }, asked, acting, 'console');
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
