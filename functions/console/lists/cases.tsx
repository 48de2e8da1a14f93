import { type ActingMember, may } from '../../../shared/answering/acting.ts';
import { type Found, findCases } from '../../../shared/case/find-cases.ts';
import { hubsSeen, kindsOf, listVisible } from '../../../shared/case/visible-cases.ts';
import type { PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { kindText, stageText } from '../../../shared/i18n/kind-text.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { nameIn } from '../../../shared/i18n/names.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { listParties } from '../../../shared/store/parties.ts';
import { Moment } from '../../web/amounts.tsx';
import { caseNumber } from '../../web/case-number.ts';
import { formView } from '../../web/form-view.ts';
import { TextInput } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import { CaseLink, gist, StageTag, urgencyTag } from '../case-words.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { listText } from '../texts/lists.ts';
import { FilterSelect } from './filter-select.tsx';
import { Paging } from './paging.tsx';

function CaseTable({ language, cases }: { readonly language: Language; readonly cases: readonly Case[] }) {
  const text = listText[language];
  return (
    <ListTable
      rows={cases}
      columns={[
        {
          head: text.case,
          bare: true,
          cell: ({ id, organization }) => <CaseLink id={id} organization={organization} />,
        },
        { head: text.stage, bare: true, cell: (subject) => <StageTag language={language} subject={subject} /> },
        {
          head: text.content,
          bare: true,
          class: 'gist',
          cell: (subject) => (
            <>
              {urgencyTag(language, subject)} {gist(language, subject)}
            </>
          ),
        },
        { head: text.since, cell: ({ entered }) => <Moment at={entered.at} /> },
      ]}
    />
  );
}

/** What was searched for: one case by its number, or those of organizations whose name has it, which the member may see. */
async function search(door: Door, acting: ActingMember, typed: string, cursor?: string): Promise<Case | Found> {
  const id = caseNumber(typed);
  const subject = id && (await readCase(door.hub.table, id));
  if (subject && may(acting, 'read-case', subject)) return subject;
  return findCases(door.hub.table, acting, typed, cursor);
}

interface FoundProps {
  readonly language: Language;
  readonly typed: string;
  readonly found: Found;
  readonly cursor: string | undefined;
}

/** What a search found, how far it came, and the way on. */
function FoundCases({ language, typed, found, cursor }: FoundProps) {
  const text = listText[language];
  const { cases, looked, nextCursor } = found;
  const isAll = nextCursor === null;
  return (
    <>
      {cases.length === 0 && isAll && !cursor && <Notice tone="warning">{fill(text.notFound, { typed })}</Notice>}
      {cases.length > 0 && <h2>{fill(text.found, { typed, count: cases.length })}</h2>}
      {cases.length > 0 && <CaseTable language={language} cases={cases} />}
      {(!isAll || cursor) && <p class="small">{fill(isAll ? text.lookedToEnd : text.lookedSoFar, { looked })}</p>}
      <Paging
        language={language}
        path="/console/cases"
        query={{ q: typed }}
        cursor={cursor}
        next={nextCursor}
        further
      />
      <p>
        <a href="/console/cases">{text.allCases}</a>
      </p>
    </>
  );
}

/** The hubs among whose cases a member can choose: a parent's own and those below it, for an auditor all. */
async function hubChoices(door: Door, acting: ActingMember, language: Language) {
  const seen = new Set(await hubsSeen(door.hub.table, acting));
  if (seen.size < 2) return [];
  const parties = (await listParties(door.hub.table)).filter(({ id }) => seen.has(id));
  return parties.map((party): { value: PartyId; text: string } => ({ value: party.id, text: nameIn(language, party) }));
}

/** Cases that a page of the list shows. */
const SHOWN = 25;

/** The cases that a party has part in. */
export async function casesPage(c: ConsoleContext, door: Door) {
  const { acting, member, language } = c.get('visit');
  const text = listText[language];
  const query = (name: string) => c.req.query(name)?.slice(0, 200).trim() ?? '';
  const typed = query('q');
  const cursor = c.req.query('cursor');
  const found = typed === '' ? undefined : await search(door, acting, typed, cursor);
  if (found && 'id' in found) return c.redirect(`/console/cases/${found.id}`);
  const mine = kindsOf[member.partyType];
  const hubs = await hubChoices(door, acting, language);
  const hub = hubs.find(({ value }) => value === query('hub'))?.value;
  const kind = mine.find((known) => known === query('kind')) ?? mine[0];
  const stages = kind ? stagesOf(kind) : [];
  const stage = stages.find((known) => known === query('stage'));
  const page =
    kind && !found
      ? await listVisible(door.hub.table, acting, { kinds: [kind], stage, hub, cursor, limit: SHOWN })
      : { items: [], nextCursor: null };
  const form = formView({ language, labels: { q: text.search, stage: text.stage, hub: text.hub }, value: query });
  return showPage(c, {
    title: text.cases,
    room: 'cases',
    children: (
      <>
        <div class="heading-row">
          <h1>{text.cases}</h1>
          <form class="search" method="get" action="/console/cases">
            <TextInput form={form} name="q" maxlength={200} />
            <Submit text={text.searchButton} look="second" />
          </form>
        </div>
        {found ? (
          <FoundCases language={language} typed={typed} found={found} cursor={cursor} />
        ) : (
          <>
            {mine.length > 1 && (
              <ul class="tabs">
                {mine.map((each) => (
                  <li>
                    <a href={`/console/cases?kind=${each}`} {...(each === kind && { 'aria-current': 'page' })}>
                      {kindText(language, each)}
                    </a>
                  </li>
                ))}
              </ul>
            )}
            <form class="filters" method="get" action="/console/cases">
              <input type="hidden" name="kind" value={kind} />
              <FilterSelect
                form={form}
                language={language}
                name="stage"
                choices={stages.map((value) => ({ value, text: stageText(language, kind, value) }))}
              />
              {hubs.length > 1 && <FilterSelect form={form} language={language} name="hub" choices={hubs} />}
              <Submit text={text.filter} look="second" />
            </form>
            {page.items.length > 0 ? (
              <CaseTable language={language} cases={page.items} />
            ) : (
              <p class="empty">{text.noCases}</p>
            )}
            <Paging
              language={language}
              path="/console/cases"
              query={{ kind: kind ?? '', stage: stage ?? '', hub: hub ?? '' }}
              cursor={cursor}
              next={page.nextCursor}
            />
          </>
        )}
      </>
    ),
  });
}
