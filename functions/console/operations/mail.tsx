import { assertMay } from '../../../shared/answering/acting.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import type { Health } from '../../../shared/store/health.ts';
import { askForMails } from '../../../shared/store/letters.ts';
import type { countUnsent, UnsentCount } from '../../../shared/store/mails.ts';
import { Hidden } from '../../web/inputs.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { operationsText } from '../texts/operations.ts';

interface UnsentProps {
  readonly language: Language;
  /** of the form; left out for who may only look */
  readonly csrf: string | undefined;
  readonly which: 'waiting' | 'given-up';
  readonly counts: readonly UnsentCount[];
}

/** Mails that did not go out, by why, with the button that has them sent. */
function Unsent({ language, csrf, which, counts }: UnsentProps) {
  const text = operationsText[language];
  if (counts.length === 0) return null;
  const title = text.unsent[which];
  return (
    <>
      <h3>{title.title}</h3>
      <p class="small">{title.lead}</p>
      <ul>
        {counts.map(({ why, count, since }) => (
          <li>{fill(text.unsentSaid, { why: text.why[why], count, since: momentText(since) })}</li>
        ))}
      </ul>
      {csrf !== undefined && (
        <form method="post" action="/console/operations/mails">
          <Hidden name="csrf" value={csrf} />
          <Hidden name="which" value={which} />
          <button type="submit" class="button">
            {title.button}
          </button>
        </form>
      )}
    </>
  );
}

function Trouble({ language, mail }: { readonly language: Language; readonly mail: Health['mail'] }) {
  const text = operationsText[language];
  if (mail.length === 0) return <p>{text.noTrouble}</p>;
  return (
    <table class="list stacked">
      <thead>
        <tr>
          <th scope="col">{text.day}</th>
          <th scope="col">{text.refused}</th>
          <th scope="col">{text.failed}</th>
          <th scope="col">{text.last}</th>
        </tr>
      </thead>
      <tbody>
        {mail.map(({ day, refused, failed, last }) => (
          <tr>
            <td>
              <strong>{day}</strong>
            </td>
            <td data-label={text.refused}>{refused}</td>
            <td data-label={text.failed}>{failed}</td>
            <td data-label={text.last}>{momentText(last)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface MailProps extends Pick<UnsentProps, 'language' | 'csrf'> {
  readonly mail: Health['mail'];
  readonly unsent: Awaited<ReturnType<typeof countUnsent>>;
}

/** What did not go out, and what there was of trouble with mail. */
export function MailPanel({ mail, unsent, ...reader }: MailProps) {
  return (
    <section class="panel">
      <h2>{operationsText[reader.language].mail}</h2>
      <Unsent {...reader} which="waiting" counts={unsent.waiting} />
      <Unsent {...reader} which="given-up" counts={unsent.givenUp} />
      <Trouble language={reader.language} mail={mail} />
    </section>
  );
}

/** Has the mails sent that wait, or that were given up: the notifier does it, seconds later. */
export async function mailsForm(c: ConsoleContext, { hub }: Door) {
  assertMay(c.get('visit').acting, 'send-mails-again');
  await askForMails(hub.table, c.get('form').get('which') === 'given-up' ? 'given-up' : 'waiting');
  return c.redirect('/console/operations?done=mails', 303);
}
