import { may } from '../../../shared/answering/acting.ts';
import { stageText } from '../../../shared/i18n/kind-text.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { keptDays } from '../../../shared/kinds/retention.ts';
import type { HeldElsewhere } from '../../../shared/persons/person-elsewhere.ts';
import type { HeldData, KeptAboutPerson, PersonRequest } from '../../../shared/persons/person-request.ts';
import { Hidden } from '../../web/inputs.tsx';
import { Submit } from '../../web/submit.tsx';
import type { Visit } from '../door.ts';
import { frameText } from '../texts/frame.ts';
import { personRequestText } from '../texts/person-requests.ts';

function AskedAgain({ visit, asked }: { readonly visit: Visit; readonly asked: PersonRequest }) {
  const { phone, mail, identity } = asked;
  return (
    <>
      <Hidden name="csrf" value={visit.csrf} />
      <Hidden name="phone" value={phone ?? ''} />
      <Hidden name="mail" value={mail ?? ''} />
      <Hidden name="identity" value={identity ?? ''} />
      <Hidden name="shown" value={asked.shown} />
    </>
  );
}

interface FoundProps {
  readonly visit: Visit;
  readonly asked: PersonRequest;
  readonly held: KeptAboutPerson;
}

function Row({ visit, one }: { readonly visit: Visit; readonly one: HeldData }) {
  const text = personRequestText[visit.language];
  const { subject, erasable } = one;
  const id = `erase-${subject.id}`;
  return (
    <tr>
      <td>
        {may(visit.acting, 'read-case', subject) ? (
          <a href={`/console/cases/${subject.id}`}>{subject.id}</a>
        ) : (
          subject.id
        )}
        <span class="sub">{subject.organization}</span>
      </td>
      <td data-label={text.role}>{one.as.map((each) => text.as[each]).join(frameText[visit.language].list)}</td>
      <td data-label={text.stage}>
        {stageText(visit.language, subject.kind, subject.stage)}
        <span class="sub">{fill(text.keptUntil, { days: keptDays[subject.kind] })}</span>
      </td>
      <td data-label={text.erase}>
        {erasable ? (
          <span class="choice">
            {/* what the law may want kept, for years, is ticked by somebody who has thought about it */}
            <input id={id} type="checkbox" name="erase" value={subject.id} checked={keptDays[subject.kind] < 365} />
            <label for={id}>{text.erase}</label>
          </span>
        ) : (
          text.goesOn
        )}
      </td>
    </tr>
  );
}

function RowElsewhere({ visit, one }: { readonly visit: Visit; readonly one: HeldElsewhere }) {
  const text = personRequestText[visit.language];
  const id = `erase-${one.ref.replaceAll(' ', '-')}`;
  const at = one.at === undefined ? '' : momentText(one.at);
  return (
    <tr>
      <td>{fill(text.elsewhere[one.type], { party: one.party, at })}</td>
      <td data-label={text.role}>{text.elsewhereAs[one.type]}</td>
      <td data-label={text.stage}>{text.elsewhereKept[one.type]}</td>
      <td data-label={text.erase}>
        {one.kept ? (
          text.keptElsewhere[one.kept]
        ) : (
          <span class="choice">
            <input id={id} type="checkbox" name="erase" value={one.ref} checked />
            <label for={id}>{text.erase}</label>
          </span>
        )}
      </td>
    </tr>
  );
}

/** What is kept about the person, with what can be done about it. */
export function Found({ visit, asked, held }: FoundProps) {
  const text = personRequestText[visit.language];
  const count = held.cases.length + held.elsewhere.length;
  const proof = (
    <form method="post" action="/console/person-requests/proof">
      <AskedAgain visit={visit} asked={asked} />
      <div class="actions">
        <Submit text={text.proofOfSeeing} look="second" />
      </div>
    </form>
  );
  if (count === 0)
    return (
      <section class="panel">
        <p class="empty">{text.nothing}</p>
        {proof}
      </section>
    );
  return (
    <section class="panel">
      <h2>{fill(text.found, { count })}</h2>
      {proof}
      <form method="post" action="/console/person-requests/file">
        <AskedAgain visit={visit} asked={asked} />
        <p class="hint">{text.giveHint}</p>
        <Submit text={text.give} look="second" />
      </form>
      <form method="post" action="/console/person-requests/erasure">
        <AskedAgain visit={visit} asked={asked} />
        <h3>{text.eraseTitle}</h3>
        <p class="hint">{text.eraseHint}</p>
        <table class="list stacked">
          <thead>
            <tr>
              <th scope="col">{text.number}</th>
              <th scope="col">{text.role}</th>
              <th scope="col">{text.stage}</th>
              <th scope="col">{text.erase}</th>
            </tr>
          </thead>
          <tbody>
            {held.cases.map((one) => (
              <Row visit={visit} one={one} />
            ))}
            {held.elsewhere.map((one) => (
              <RowElsewhere visit={visit} one={one} />
            ))}
          </tbody>
        </table>
        <Submit text={text.eraseButton} look="danger" />
      </form>
    </section>
  );
}
