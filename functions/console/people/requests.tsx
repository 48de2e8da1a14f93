import { isAsked, may } from '../../../shared/answering/acting.ts';
import { draftsOf } from '../../../shared/case/drafts.ts';
import { partyNames } from '../../../shared/case/party-names.ts';
import { asFirstPut } from '../../../shared/case/sight.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { taskIdFor } from '../../../shared/domain/ids.ts';
import { type Address, MOST_LETTERS } from '../../../shared/domain/organization.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { kindText, stageText } from '../../../shared/i18n/kind-text.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { endStages } from '../../../shared/kinds/lifecycle.ts';
import { ownAddresses } from '../../../shared/people/organization.ts';
import { listOwnCases } from '../../../shared/store/owner-cases.ts';
import { readTasks } from '../../../shared/store/tasks.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import { Notice } from '../../web/notice.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import { CaseLink, gist } from '../case-words.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { Drafts } from '../drafts/list.tsx';
import { Due } from '../due.tsx';
import { showPage } from '../frame.tsx';
import { Paging } from '../lists/paging.tsx';
import { peopleText } from '../texts/people.ts';

interface Tried {
  readonly form: Form;
  readonly problems: readonly FieldProblem[];
  readonly message: string;
  readonly status: 409 | 422;
}

interface Held {
  readonly subject: Case;
  readonly task: Task | undefined;
  /** who has it, by name, where it is not this organization */
  readonly holder: string | undefined;
}

/**
 * Who has each case: one read a task, and one a party. Not to whom a question was handed over, which the page of the case says as far as
 * it is for them.
 */
async function heldBy({ hub }: Door, visit: Visit, cases: readonly Case[]): Promise<Held[]> {
  const tasks = await readTasks(
    hub.table,
    cases.map((subject) => taskIdFor(subject)),
  );
  const all = new Map(tasks.map((task) => [task.caseId, task] as const));
  const open = new Map(
    cases.flatMap((subject) => {
      const task = all.get(subject.id);
      return task?.status === 'open' ? [[subject.id, asFirstPut(subject, task)] as const] : [];
    }),
  );
  const asked = [...open.values()].flatMap(({ assignee }) => (assignee.type === 'party' ? [assignee.party] : []));
  const names = await partyNames(hub.table, asked, visit.language);
  return cases.map((subject) => {
    const task = open.get(subject.id);
    const others = task && !isAsked(visit.acting, subject, task) && task.assignee.type === 'party';
    const holder = others && task.assignee.type === 'party' ? names.get(task.assignee.party) : undefined;
    return { subject, task, holder };
  });
}

function Next({ visit, held }: { readonly visit: Visit; readonly held: Held }) {
  const text = peopleText[visit.language];
  const { subject, task, holder } = held;
  if (endStages.has(subject.stage)) return <span class="tag end">{text.ended}</span>;
  if (!task) return <span class="tag plain">{text.moving}</span>;
  return (
    <>
      {holder ? fill(text.withOthers, { who: holder }) : <span class="tag wait">{text.yourTurn}</span>}{' '}
      <span class="sub">
        <Due language={visit.language} at={task.dueAt} />
      </span>
    </>
  );
}

function Addresses({
  visit,
  all,
  tried,
}: {
  readonly visit: Visit;
  readonly all: readonly Address[];
  readonly tried: Tried | undefined;
}) {
  const { language, csrf } = visit;
  const text = peopleText[language];
  const form = formView({
    language,
    labels: { email: text.addAddress },
    value: tried ? tried.form.get : () => '',
    problems: tried?.problems ?? [],
  });
  return (
    <section class="panel" id="addresses">
      <h2>{text.addresses}</h2>
      {tried && <ErrorSummary form={form} message={tried.message} />}
      <ul class="plain">
        {all.map((address) => (
          <li>
            {address.email}{' '}
            <span class={address.confirmedAt ? 'tag plain' : 'tag wait'}>
              {address.confirmedAt ? text.confirmed : text.notConfirmed}
            </span>
            {may(visit.acting, 'release-address', { ownedBy: address.party }) && (
              <details>
                <summary>
                  {text.release}
                  <span class="unseen">: {address.email}</span>
                </summary>
                <form method="post" action="/console/requests/addresses/release">
                  <Hidden name="csrf" value={csrf} />
                  <Hidden name="address" value={address.hash} />
                  <p class="hint">{text.releaseLead}</p>
                  <Submit text={fill(text.releaseAction, { email: address.email })} look="danger" />
                </form>
              </details>
            )}
            {!address.confirmedAt && address.version < MOST_LETTERS && (
              <form method="post" action="/console/requests/addresses">
                <Hidden name="csrf" value={csrf} />
                <Hidden name="email" value={address.email} />
                <Submit text={text.again} look="link" of={address.email} />
              </form>
            )}
          </li>
        ))}
      </ul>
      <form method="post" action="/console/requests/addresses" novalidate>
        <Hidden name="csrf" value={csrf} />
        <TextInput form={form} name="email" type="email" inputmode="email" />
        <Submit text={text.addAction} look="second" />
      </form>
    </section>
  );
}

/** Every case of an organization with who has it and what comes next, and the addresses by which they are its own. */
export async function requestsWith(c: ConsoleContext, door: Door, tried?: Tried) {
  const visit = c.get('visit');
  const { member, acting, language } = visit;
  const text = peopleText[language];
  const { table } = door.hub;
  const addresses = await ownAddresses(table, acting);
  const cursor = c.req.query('cursor');
  const page = await listOwnCases(table, member.party, cursor);
  const rows = await heldBy(door, visit, page.items);
  const drafts = await draftsOf(door.hub, acting);
  const done: Readonly<Record<string, string>> = text.done;
  const said = tried ? undefined : done[c.req.query('done') ?? ''];
  return showPage(c, {
    title: text.requests,
    room: 'requests',
    status: tried?.status ?? 200,
    children: (
      <>
        <h1>{text.requests}</h1>
        <p class="small">{text.requestsLead}</p>
        {said && <Notice tone="done">{said}</Notice>}
        <div class="two-up">
          <div>
            {rows.length === 0 ? (
              <p class="empty">{text.noRequests}</p>
            ) : (
              <ListTable
                rows={rows}
                columns={[
                  {
                    head: text.request,
                    bare: true,
                    cell: ({ subject }) => (
                      <>
                        <CaseLink id={subject.id} organization={subject.organization} />
                        <span class="sub">
                          {kindText(language, subject.kind)} · {gist(language, subject)}
                        </span>
                      </>
                    ),
                  },
                  { head: text.stage, cell: ({ subject }) => stageText(language, subject.kind, subject.stage) },
                  { head: text.next, cell: (held) => <Next visit={visit} held={held} /> },
                  { head: text.sentAt, cell: ({ subject }) => momentText(subject.submittedAt) },
                ]}
              />
            )}
            <Paging
              language={language}
              path="/console/requests"
              query={{}}
              cursor={cursor}
              next={page.nextCursor}
              further={false}
            />
            <Drafts visit={visit} all={drafts} />
          </div>
          <Addresses visit={visit} all={addresses} tried={tried} />
        </div>
      </>
    ),
  });
}

export function requestsPage(c: ConsoleContext, door: Door) {
  return requestsWith(c, door);
}
