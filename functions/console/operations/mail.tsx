import { assertMay } from '../../../shared/answering/acting.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { MailFilter } from '../../../shared/domain/letter.ts';
import { mailSort, type UnsentMail } from '../../../shared/domain/mail.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import type { Health } from '../../../shared/store/health.ts';
import { askForMails } from '../../../shared/store/letters.ts';
import { anyGivenUp, type countUnsent, type UnsentCount } from '../../../shared/store/mails.ts';
import { caseNumber } from '../../web/case-number.ts';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { operationsText } from '../texts/operations.ts';

/** Single mails that are shown; `npm run resend -- --list` tells of more. */
export const MAILS_SHOWN = 20;

interface Reader {
  readonly language: Language;
  /** of the forms; left out for who may only look */
  readonly csrf: string | undefined;
}

interface SendProps extends Pick<Reader, 'csrf'> {
  readonly which: 'waiting' | 'given-up';
  /** which of those that were given up */
  readonly some?: MailFilter;
  readonly text: string;
  readonly look?: 'link';
}

/** A button that has mails sent; nothing for who may only look. */
function Send({ csrf, which, some, ...button }: SendProps) {
  if (csrf === undefined) return null;
  return (
    <form method="post" action="/console/operations/mails">
      <Hidden name="csrf" value={csrf} />
      <Hidden name="which" value={which} />
      {some?.why && <Hidden name="why" value={some.why} />}
      {some?.name && <Hidden name="mail" value={some.name} />}
      <Submit {...button} />
    </form>
  );
}

/** Mails that did not go out, by why, with the buttons that have them sent. */
function Unsent({ which, counts, ...reader }: Reader & Pick<SendProps, 'which'> & { counts: readonly UnsentCount[] }) {
  const { language, csrf } = reader;
  const text = operationsText[language];
  if (counts.length === 0) return null;
  const title = text.unsent[which];
  return (
    <>
      <h3>{title.title}</h3>
      <p class="small">{title.lead}</p>
      <ul>
        {counts.map(({ why, count, since }) => (
          <li>
            {fill(text.unsentSaid, { why: text.why[why], count, since: momentText(since) })}
            {which === 'given-up' && counts.length > 1 && (
              <Send csrf={csrf} which={which} some={{ why }} text={text.sendThese} look="link" />
            )}
          </li>
        ))}
      </ul>
      <Send csrf={csrf} which={which} text={title.button} />
    </>
  );
}

/** Whom a mail was for: nothing that says of which case it is. */
function aboutWhom(language: Language, { about }: UnsentMail): string {
  return operationsText[language].forWhom[mailSort(about)];
}

/** The single mails that were given up, and those of a case whose number somebody was told. */
function GivenUp({ language, csrf, mails }: Reader & { readonly mails: readonly UnsentMail[] }) {
  const text = operationsText[language];
  if (csrf === undefined || mails.length === 0) return null;
  const labels = { caseId: text.caseNumber };
  return (
    <details class="quiet">
      <summary>{text.some}</summary>
      <form method="post" action="/console/operations/mails">
        <Hidden name="csrf" value={csrf} />
        <Hidden name="which" value="given-up" />
        <TextInput form={formView({ language, labels })} name="caseId" hint={text.caseHint} width="short" />
        <Submit text={text.sendCase} look="second" />
      </form>
      <ListTable
        rows={mails}
        columns={[
          { head: text.givenUpAt, cell: ({ at }) => momentText(at) },
          { head: text.whom, cell: (mail) => aboutWhom(language, mail) },
          { head: text.whyNot, cell: ({ why }) => text.why[why] },
          {
            head: text.sendOne,
            buttons: true,
            cell: ({ name }) => <Send csrf={csrf} which="given-up" some={{ name }} text={text.sendOne} look="link" />,
          },
        ]}
      />
    </details>
  );
}

function Trouble({ language, mail }: { readonly language: Language; readonly mail: Health['mail'] }) {
  const text = operationsText[language];
  if (mail.length === 0) return <p>{text.noTrouble}</p>;
  return (
    <ListTable
      rows={mail}
      columns={[
        { head: text.day, bare: true, cell: ({ day }) => <strong>{day}</strong> },
        { head: text.refused, cell: ({ refused }) => refused },
        { head: text.failed, cell: ({ failed }) => failed },
        { head: text.last, cell: ({ last }) => momentText(last) },
      ]}
    />
  );
}

interface MailProps extends Reader {
  readonly mail: Health['mail'];
  readonly unsent: Awaited<ReturnType<typeof countUnsent>>;
  /** the latest of those that were given up */
  readonly single: readonly UnsentMail[];
}

/** What did not go out, and what there was of trouble with mail. */
export function MailPanel({ mail, unsent, single, ...reader }: MailProps) {
  return (
    <section class="panel mails">
      <h2>{operationsText[reader.language].mail}</h2>
      <Unsent {...reader} which="waiting" counts={unsent.waiting} />
      <Unsent {...reader} which="given-up" counts={unsent.givenUp} />
      <GivenUp {...reader} mails={single} />
      <Trouble language={reader.language} mail={mail} />
    </section>
  );
}

/** Which of those that were given up are asked for; undefined for a number that no case has. */
function wantedBy(form: Form): MailFilter | undefined {
  const typed = form.get('caseId')?.trim();
  const caseId = typed ? caseNumber(typed) : undefined;
  if (typed && caseId === undefined) return undefined;
  return MailFilter.parse({
    caseId,
    why: form.get('why') || undefined,
    name: form.get('mail') || undefined,
  });
}

/** Has the mails sent that wait, or that were given up, or some of these: the notifier does it, seconds later. */
export async function mailsForm(c: ConsoleContext, { hub: { table } }: Door) {
  assertMay(c.get('visit').acting, 'send-mails-again');
  const form = c.get('form');
  if (form.get('which') !== 'given-up') {
    await askForMails(table, 'waiting');
    return c.redirect('/console/operations?done=mails', 303);
  }
  const some = wantedBy(form);
  if (!some || !(await anyGivenUp(table, some))) return c.redirect('/console/operations?done=none', 303);
  const isAll = Object.values(some).every((one) => one === undefined);
  await askForMails(table, 'given-up', isAll ? undefined : some);
  return c.redirect('/console/operations?done=mails', 303);
}
