import { may } from '../../../shared/answering/acting.ts';
import { type AuditEntry, exportCaseAudit, readCaseAudit } from '../../../shared/case/audit.ts';
import { auditDocument, auditRows, auditWhat, auditWho } from '../../../shared/case/audit-file.ts';
import { partyNames } from '../../../shared/case/party-names.ts';
import type { PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { auditText } from '../../../shared/i18n/audit.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { Moment } from '../../web/amounts.tsx';
import { sheetFile } from '../../web/given-file.ts';
import { ListTable } from '../../web/list-table.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { caseIn } from '../path.ts';
import { auditPageText } from '../texts/audit.ts';

/** How many entries a page shows; a file has all. */
const SHOWN = 200;

interface EntryTableProps {
  readonly language: Language;
  readonly entries: readonly AuditEntry[];
  readonly parties: ReadonlyMap<PartyId, string>;
}

function EntryTable({ language, entries, parties }: EntryTableProps) {
  const text = auditPageText[language];
  return (
    <ListTable
      rows={entries}
      columns={[
        { head: text.when, cell: ({ at }) => <Moment at={at} /> },
        {
          head: text.what,
          cell: (entry) => (
            <>
              {auditWhat(language, entry)}
              {entry.reason && <blockquote class="history-reason">{entry.reason}</blockquote>}
            </>
          ),
        },
        {
          head: text.who,
          cell: ({ by, name, inPlaceOf }) => {
            const member = by.type === 'member' ? by : undefined;
            return (
              <>
                {name ?? auditWho(language, by)}
                {member && <span class="sub">{parties.get(member.party) ?? member.party}</span>}
                {member?.standInFor && (
                  <span class="sub">{fill(text.inPlaceOf, { member: inPlaceOf ?? member.standInFor })}</span>
                )}
              </>
            );
          },
        },
        { head: text.door, cell: ({ what }) => ('door' in what ? auditText[language].doors[what.door] : '') },
        {
          head: text.link,
          cell: ({ purpose, seq, hash }) => (
            <>
              {purpose === 'event' ? text.change : text.view} {seq} <span class="sub">{hash.slice(0, 12)}…</span>
            </>
          ),
        },
      ]}
    />
  );
}

function partiesOf(door: Door, entries: readonly AuditEntry[], language: Language): Promise<Map<PartyId, string>> {
  const acted = entries.flatMap(({ by }) => (by.type === 'member' ? [by.party] : []));
  return partyNames(door.hub.table, acted, language);
}

/** Who saw and did what in a case. */
export async function caseAuditPage(c: ConsoleContext, door: Door) {
  const { acting, language } = c.get('visit');
  const id = caseIn(c);
  const { subject, entries } = await readCaseAudit(door.hub, id, acting, 'console');
  const shown = entries.toReversed().slice(0, SHOWN);
  const text = auditPageText[language];
  return showPage(c, {
    title: `${text.trail} ${id}`,
    room: 'cases',
    children: (
      <>
        <p>
          <a href={`/console/cases/${id}`}>{fill(text.back, { id })}</a>
        </p>
        <h1>{text.trail}</h1>
        <p>{text.lead}</p>
        {may(acting, 'export-audit', subject) && (
          <p class="paging">
            <a class="button second" href={`/console/cases/${id}/audit.csv`} download>
              {text.csv}
            </a>
            <a class="button second" href={`/console/cases/${id}/audit.json`} download>
              {text.json}
            </a>
          </p>
        )}
        {shown.length < entries.length && (
          <p class="small">{fill(text.latest, { shown: shown.length, all: entries.length })}</p>
        )}
        <EntryTable language={language} entries={shown} parties={await partiesOf(door, shown, language)} />
      </>
    ),
  });
}

/** Entries as a file to be taken away. */
export function auditFile(
  c: ConsoleContext,
  name: string,
  format: 'csv' | 'json',
  entries: readonly AuditEntry[],
): Response {
  const { language } = c.get('visit');
  if (format === 'csv') {
    const { body, headers } = sheetFile('csv', name, auditRows(language, entries));
    return c.body(body, 200, headers);
  }
  return c.body(JSON.stringify(auditDocument(entries)), 200, {
    'content-type': 'application/json',
    'content-disposition': `attachment; filename="${name}.json"`,
  });
}

async function caseFile(c: ConsoleContext, door: Door, format: 'csv' | 'json') {
  const id = caseIn(c);
  const { entries } = await exportCaseAudit(door.hub, id, c.get('visit').acting, 'console');
  return auditFile(c, `audit-${id}`, format, entries);
}

export function caseAuditCsv(c: ConsoleContext, door: Door) {
  return caseFile(c, door, 'csv');
}

export function caseAuditJson(c: ConsoleContext, door: Door) {
  return caseFile(c, door, 'json');
}
