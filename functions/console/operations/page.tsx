import { assertMay, mayEver } from '../../../shared/answering/acting.ts';
import { kinds } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Party } from '../../../shared/domain/party.ts';
import { kindText, stageText } from '../../../shared/i18n/kind-text.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { nameIn } from '../../../shared/i18n/names.ts';
import { readAnchoredTo } from '../../../shared/store/anchored.ts';
import { currentDataKey } from '../../../shared/store/data-keys.ts';
import { readHealth, type SweepRun } from '../../../shared/store/health.ts';
import { everyHub, hubParties } from '../../../shared/store/hub-tree.ts';
import { countUnsent, mailsGivenUp } from '../../../shared/store/mails.ts';
import { countOpen, type StageCount } from '../../../shared/store/open-counts.ts';
import type { Table } from '../../../shared/store/table.ts';
import { ListTable } from '../../web/list-table.tsx';
import { Notice } from '../../web/notice.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { operationsText } from '../texts/operations.ts';
import { permissionText } from '../texts/permissions.ts';
import { MAILS_SHOWN, MailPanel } from './mail.tsx';

const DAY = 86_400_000;
/** Characters of an instant: `2020-02-03T04:05:06.789Z`. */
const INSTANT = 24;
/** The sweep comes every hour. */
const SWEEP_IS_LATE = 2.5 * 3_600_000;
/** Once a day the sweep sees to it that everything is anchored. */
const ANCHORS_ARE_LATE = 30 * 3_600_000;

function daysSince(at: string): number {
  return Math.max(0, Math.floor((Date.now() - Date.parse(at)) / DAY));
}

/** All hubs together: the same stage of the same kind is one row. Cost: see `countOpen`, for each hub and kind. */
async function openCases(table: Table) {
  const hubs = await everyHub(table);
  const counted = await Promise.all(kinds.flatMap((kind) => hubs.map((hub) => countOpen(table, hub, kind))));
  const rows = new Map<string, StageCount>();
  for (const one of counted.flatMap(({ stages }) => stages)) {
    const name = `${one.kind} ${one.stage}`;
    const before = rows.get(name);
    rows.set(name, {
      ...one,
      count: one.count + (before?.count ?? 0),
      since: before && before.since < one.since ? before.since : one.since,
    });
  }
  return { rows: [...rows.values()], whole: counted.every(({ whole }) => whole) };
}

function OpenCases({ language, rows }: { readonly language: Language; readonly rows: readonly StageCount[] }) {
  const text = operationsText[language];
  if (rows.length === 0) return <p class="empty">{text.none}</p>;
  return (
    <ListTable
      rows={rows}
      columns={[
        {
          head: text.stage,
          bare: true,
          cell: ({ kind, stage }) => (
            <>
              <strong>{stageText(language, kind, stage)}</strong> <span class="sub">{kindText(language, kind)}</span>
            </>
          ),
        },
        { head: text.count, class: 'numeric', cell: ({ count }) => count },
        {
          head: text.oldest,
          cell: ({ since }) => (
            <>
              {momentText(since)} <span class="sub">{fill(text.days, { days: daysSince(since) })}</span>
            </>
          ),
        },
      ]}
    />
  );
}

interface SweepsProps {
  readonly language: Language;
  readonly hubs: readonly Party[];
  readonly sweeps: readonly SweepRun[];
}

/** When each hub's cases were last looked through: the hub's name stands there where there are several. */
function Sweeps({ language, hubs, sweeps }: SweepsProps) {
  const text = operationsText[language];
  return hubs.map((hub) => {
    const run = sweeps.find((one) => one.hub === hub.id);
    const said = run ? fill(text.sweepSaid, { at: momentText(run.at), nudged: run.nudged }) : text.never;
    return (
      <p>
        {hubs.length > 1 && <strong>{nameIn(language, hub)} </strong>}
        {said}
      </p>
    );
  });
}

/** Whether a hub's cases were not looked through for too long; where no hub's ever were, the installation is new. */
function areLate(hubs: readonly Party[], sweeps: readonly SweepRun[]): boolean {
  const since = Date.now() - SWEEP_IS_LATE;
  const last = new Map(sweeps.map(({ hub, at }) => [hub, Date.parse(at)]));
  return sweeps.length > 0 && hubs.some(({ id }) => (last.get(id) ?? 0) < since);
}

/** How the installation runs, for whoever runs it: counts and times from keys and marks, no case is read. */
export async function operationsPage(c: ConsoleContext, { hub, version }: Door) {
  const { acting, csrf, language } = c.get('visit');
  assertMay(acting, 'see-operations');
  const text = operationsText[language];
  const mayMend = mayEver(acting, 'send-mails-again');
  const [open, hubs, { sweeps, mail }, unsent, single, dataKey, anchoredTo] = await Promise.all([
    openCases(hub.table),
    hubParties(hub.table),
    readHealth(hub.table),
    countUnsent(hub.table),
    mailsGivenUp(hub.table, MAILS_SHOWN),
    currentDataKey(hub.table),
    readAnchoredTo(hub.table),
  ]);
  // a place begins with its instant
  const anchored = anchoredTo?.slice(0, INSTANT);
  const unanchored = anchored && Date.parse(anchored) + ANCHORS_ARE_LATE < Date.now();
  const isLate = areLate(hubs, sweeps);
  return showPage(c, {
    title: text.title,
    room: 'operations',
    children: (
      <>
        <h1>{text.title}</h1>
        <p class="small">{text.lead}</p>
        {c.req.query('done') === 'mails' && <Notice tone="done">{text.mailsAsked}</Notice>}
        {c.req.query('done') === 'none' && <Notice tone="warning">{text.noSuchMail}</Notice>}
        {isLate && <Notice tone="warning">{text.late}</Notice>}
        {unanchored && <Notice tone="warning">{text.anchorsLate}</Notice>}
        <div class="two-up">
          <div>
            <section>
              <h2>{text.open}</h2>
              <p class="small">{text.openLead}</p>
              {!open.whole && <Notice tone="warning">{text.partly}</Notice>}
              <OpenCases language={language} rows={open.rows} />
            </section>
            <MailPanel
              language={language}
              csrf={mayMend ? csrf : undefined}
              mail={mail}
              unsent={unsent}
              single={single}
            />
          </div>
          <div>
            <section class="panel">
              <h2>{text.background}</h2>
              <SummaryList
                rows={[
                  { label: text.version, value: version ?? text.unknown },
                  {
                    label: text.sweep,
                    value: <Sweeps language={language} hubs={hubs} sweeps={sweeps} />,
                  },
                  {
                    label: text.dataKey,
                    value: dataKey
                      ? fill(text.dataKeySaid, {
                          id: dataKey.id,
                          since: momentText(dataKey.since),
                          days: daysSince(dataKey.since),
                        })
                      : text.noKey,
                  },
                  {
                    label: text.audit,
                    value: `${anchored ? fill(text.anchored, { at: momentText(anchored) }) : text.notAnchored} ${text.auditSaid}`,
                  },
                  {
                    label: text.permissions,
                    value: <a href="/console/permissions">{permissionText[language].title}</a>,
                  },
                ]}
              />
            </section>
          </div>
        </div>
      </>
    ),
  });
}
