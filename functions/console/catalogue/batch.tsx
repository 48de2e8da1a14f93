import { batchFile } from '../../../shared/case/roster.ts';
import { Disclosure } from '../../../shared/domain/disclosure.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { fieldProblems } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { rosterRefOf } from '../../../shared/kinds/parts.ts';
import { listCases } from '../../../shared/store/cases.ts';
import { Moment } from '../../web/amounts.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { type SheetFormat, sheetFile } from '../../web/given-file.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import { Submit } from '../../web/submit.tsx';
import { CaseLink, gist } from '../case-words.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { catalogueText } from '../texts/catalogue.ts';
import { listText } from '../texts/lists.ts';

/** Requests shown above the file; the file has all of them. */
const SHOWN = 100;

async function page(c: ConsoleContext, door: Door, refused?: Rejected) {
  const { member, language, csrf } = c.get('visit');
  const text = catalogueText[language];
  const waiting = await listCases(door.hub.table, {
    as: 'partner',
    party: member.party,
    kind: 'insurance',
    stage: 'binding',
    limit: SHOWN,
  });
  const people = waiting.items.reduce((sum, subject) => sum + (rosterRefOf(subject)?.count ?? 0), 0);
  const more = waiting.nextCursor ? '+' : '';
  const form = formView({
    language,
    labels: { reason: text.batchWhy },
    value: () => (refused ? c.get('form').get('reason') : text.batchPolicies),
    problems: refused?.fields ?? [],
  });
  return showPage(c, {
    title: text.batch,
    room: 'batch',
    status: refused ? 422 : 200,
    children: (
      <>
        <h1>{text.batch}</h1>
        <p>{text.batchLead}</p>
        {waiting.items.length === 0 ? (
          <p class="empty">{text.batchNone}</p>
        ) : (
          <>
            <p>
              <strong>
                {fill(text.batchCount, { cases: `${waiting.items.length}${more}`, people: `${people}${more}` })}
              </strong>
            </p>
            <form method="post" action="/console/insurance/batch.xlsx">
              <Hidden name="csrf" value={csrf} />
              {refused && <ErrorSummary form={form} message={messageAbove(language, refused, refused.fields)} />}
              <TextInput form={form} name="reason" maxlength={300} hint={text.batchRecorded} />
              <div class="actions">
                <Submit text={text.download} />
                <Submit text={text.batchCsv} look="second" formaction="/console/insurance/batch.csv" />
              </div>
            </form>
            <p class="small">{text.batchThen}</p>
            <ListTable
              rows={waiting.items}
              columns={[
                {
                  head: listText[language].case,
                  bare: true,
                  cell: ({ id, organization }) => <CaseLink id={id} organization={organization} />,
                },
                {
                  head: listText[language].content,
                  bare: true,
                  class: 'gist',
                  cell: (subject) => gist(language, subject),
                },
                { head: listText[language].since, cell: ({ entered }) => <Moment at={entered.at} /> },
              ]}
            />
          </>
        )}
      </>
    ),
  });
}

/** The requests that wait for cover. */
export function batchPage(c: ConsoleContext, door: Door) {
  return page(c, door);
}

async function file(c: ConsoleContext, door: Door, format: SheetFormat) {
  const { acting, language } = c.get('visit');
  const reason = Disclosure.safeParse({ reason: c.get('form').get('reason') }, { reportInput: true });
  if (!reason.success) {
    return page(c, door, new Rejected('invalid', { fields: fieldProblems(reason.error.issues) }));
  }
  const rows = await batchFile(door.hub, acting, language, 'console', reason.data.reason);
  const { body, headers } = sheetFile(format, `jieli-${localDate(Date.now())}`, rows);
  return c.body(body, 200, headers);
}

/** The insurer's file of all volunteers who wait for cover, for a reason that is kept; without one, the page again. */
export function batchWorkbook(c: ConsoleContext, door: Door) {
  return file(c, door, 'xlsx');
}

/** The same as CSV. */
export function batchCsv(c: ConsoleContext, door: Door) {
  return file(c, door, 'csv');
}
