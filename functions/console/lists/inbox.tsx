import { type Kind, kinds } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Member } from '../../../shared/domain/party.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { kindNames, kindText, stageText } from '../../../shared/i18n/kind-text.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { outcomesOf, stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { choicesOf } from '../../web/choices.tsx';
import { formView } from '../../web/form-view.ts';
import { TextInput } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import { Submit } from '../../web/submit.tsx';
import { CaseLink, gist, urgencyTag } from '../case-words.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { Due } from '../due.tsx';
import { menuFor, showPage } from '../frame.tsx';
import { listText } from '../texts/lists.ts';
import { FilterSelect } from './filter-select.tsx';
import { Paging } from './paging.tsx';
import { type InboxPage, readInbox } from './read-inbox.ts';

/** Stages in which somebody can be asked, of all kinds. */
const askedStages = [
  ...new Set(kinds.flatMap((kind: Kind) => stagesOf(kind).filter((stage) => outcomesOf(kind, stage).length > 0))),
];

interface MarksProps {
  readonly language: Language;
  readonly task: OpenTask;
  readonly inPlaceOf: Member | undefined;
}

function Marks({ language, task, inPlaceOf }: MarksProps) {
  const text = listText[language];
  const behalf = task.assignee.type === 'party' && task.assignee.onBehalf === true;
  const stuck = task.outcomes.includes('resumed');
  const nobody = task.assignee.type === 'party' && task.assignee.nobody === true;
  const handedOver = !nobody && task.assignee.type === 'party' && task.assignee.handedOver === true;
  return (
    <>
      {inPlaceOf && <span class="tag behalf">{fill(text.inPlaceOf, { name: inPlaceOf.name })}</span>}
      {nobody && <span class="tag late">{text.nobodyMay}</span>}
      {handedOver && <span class="tag wait">{text.handedOver}</span>}
      {behalf && <span class="tag behalf">{text.onBehalf}</span>}
      {stuck && <span class="tag late">{text.stuck}</span>}
      {task.round === 1 && <span class="tag wait">{text.reminded}</span>}
      {task.round > 1 && <span class="tag late">{text.escalated}</span>}
    </>
  );
}

function InboxTable({ language, page }: { readonly language: Language; readonly page: InboxPage }) {
  const text = listText[language];
  return (
    <ListTable
      rows={page.rows}
      columns={[
        { head: text.due, bare: true, cell: ({ task }) => <Due language={language} at={task.dueAt} /> },
        {
          head: text.case,
          bare: true,
          cell: ({ task }) => <CaseLink id={task.caseId} organization={task.organization} />,
        },
        {
          head: text.ask,
          bare: true,
          cell: ({ task, inPlaceOf }) => (
            <>
              {stageText(language, task.kind, task.stage)}{' '}
              <Marks language={language} task={task} inPlaceOf={inPlaceOf} />
              <span class="sub">{kindText(language, task.kind)}</span>
            </>
          ),
        },
        {
          head: text.content,
          bare: true,
          class: 'gist',
          cell: ({ subject }) =>
            subject && (
              <>
                {urgencyTag(language, subject)} {gist(language, subject)}
              </>
            ),
        },
      ]}
    />
  );
}

/** What waits for the member's answer. */
export async function inboxPage(c: ConsoleContext, door: Door) {
  const { acting, member, language } = c.get('visit');
  const text = listText[language];
  const [first] = menuFor(c, acting, language);
  // whoever has no tasks begins where there is something for them
  if (!first) return showPage(c, { title: text.nothingHere, children: <p class="lead">{text.nothingHereText}</p> });
  if (first.room !== 'inbox') return c.redirect(first.href);
  const query = (name: string) => c.req.query(name)?.slice(0, 200) ?? '';
  const filter = { kind: query('kind'), stage: query('stage'), text: query('text'), cursor: c.req.query('cursor') };
  const filtered = filter.kind !== '' || filter.stage !== '' || filter.text !== '';
  const page = await readInbox(door.hub, member, filter);
  const { open, overdue, today, more } = page.counts;
  const shown = (count: number) => (more ? fill(text.more, { count }) : count);
  const form = formView({ language, labels: text, value: query });
  const stages = askedStages.map((stage) => ({ value: stage, text: stageText(language, undefined, stage) }));
  return showPage(c, {
    title: text.inbox,
    room: 'inbox',
    children: (
      <>
        <h1>{text.inbox}</h1>
        {!filter.cursor && (
          <ul class="counts">
            <li>
              <strong>{shown(open)}</strong> {text.open}
            </li>
            <li class={overdue > 0 ? 'late' : undefined}>
              <strong>{shown(overdue)}</strong> {text.overdue}
            </li>
            <li>
              <strong>{shown(today)}</strong> {text.today}
            </li>
          </ul>
        )}
        <form class="filters" method="get" action="/console">
          <FilterSelect form={form} language={language} name="kind" choices={choicesOf(kindNames(language))} />
          <FilterSelect form={form} language={language} name="stage" choices={stages} />
          <TextInput form={form} name="text" maxlength={200} />
          <Submit text={text.filter} look="second" />
          {filtered && (
            <a class="reset" href="/console">
              {text.clear}
            </a>
          )}
        </form>
        {page.rows.length > 0 ? (
          <InboxTable language={language} page={page} />
        ) : (
          <p class="empty">
            {filtered || filter.cursor ? fill(text.nothingFiltered, { count: page.looked }) : text.nothing}
          </p>
        )}
        <Paging
          language={language}
          path="/console"
          query={{ kind: filter.kind, stage: filter.stage, text: filter.text }}
          cursor={filter.cursor}
          next={page.nextCursor}
          further={filtered}
        />
      </>
    ),
  });
}
