import { batchFile } from '../../../shared/cases/roster.ts';
import { Disclosure } from '../../../shared/domain/insurance/input.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { writeCsv } from '../../../shared/spreadsheet/write-csv.ts';
import { listCases } from '../../../shared/store/cases.ts';
import { Moment } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { CaseLink, gist } from '../case-words.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { catalogueText } from '../texts/catalogue.ts';
import { listText } from '../texts/lists.ts';

/** Requests shown above the file; the file has all of them. */
const SHOWN = 100;

/** The requests that wait for cover. */
export async function batchPage(c: ConsoleContext, door: Door) {
  const { member, language, csrf } = c.get('visit');
  const text = catalogueText[language];
  const page = await listCases(door.hub.table, {
    as: 'partner',
    party: member.party,
    kind: 'insurance',
    stage: 'binding',
    limit: SHOWN,
  });
  const people = page.items.reduce(
    (sum, subject) => sum + (subject.kind === 'insurance' ? subject.roster.count : 0),
    0,
  );
  const more = page.nextCursor ? '+' : '';
  return showPage(c, {
    title: text.batch,
    room: 'batch',
    children: (
      <>
        <h1>{text.batch}</h1>
        <p>{text.batchLead}</p>
        {page.items.length === 0 ? (
          <p class="empty">{text.batchNone}</p>
        ) : (
          <>
            <p>
              <strong>
                {fill(text.batchCount, { cases: `${page.items.length}${more}`, people: `${people}${more}` })}
              </strong>
            </p>
            <form method="post" action="/console/insurance/batch.csv">
              <Hidden name="csrf" value={csrf} />
              <p>
                <label for="batch-reason">{text.batchWhy}</label>
                <input id="batch-reason" name="reason" value={text.batchPolicies} required maxlength={300} />
              </p>
              <p class="hint">{text.batchRecorded}</p>
              <button type="submit">{text.download}</button>
            </form>
            <p class="small">{text.batchThen}</p>
            <table class="list stacked">
              <thead>
                <tr>
                  <th scope="col">{listText[language].case}</th>
                  <th scope="col">{listText[language].content}</th>
                  <th scope="col">{listText[language].since}</th>
                </tr>
              </thead>
              <tbody>
                {page.items.map((subject) => (
                  <tr>
                    <td>
                      <CaseLink id={subject.id} organization={subject.organization} />
                    </td>
                    <td class="gist">{gist(language, subject)}</td>
                    <td>
                      <Moment at={subject.entered.at} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </>
    ),
  });
}

/** The insurer's file of all volunteers who wait for cover, for a reason that is kept. */
export async function batchCsv(c: ConsoleContext, door: Door) {
  const { acting, language } = c.get('visit');
  const { reason } = parseInput(Disclosure, { reason: c.get('form').get('reason') });
  const rows = await batchFile(door.hub, acting, language, 'console', reason);
  return c.body(writeCsv(rows), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="jieli-${localDate(Date.now())}.csv"`,
  });
}
