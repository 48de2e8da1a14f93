import { may } from '../../../shared/answering/acting.ts';
import { type Job, rowKindOf } from '../../../shared/domain/jobs/job.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { cancelJob, jobOf, retryJob } from '../../../shared/jobs/start.ts';
import { type Sums, sumsOf } from '../../../shared/jobs/sums.ts';
import { jobsOf } from '../../../shared/store/jobs.ts';
import { countText } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { slugIn } from '../path.ts';
import { jobsText } from '../texts/jobs.ts';
import { Troubled } from './troubled.tsx';

/** How often the page of a job that goes on looks again, in seconds. */
const AGAIN = 5;
/** Rows with trouble on one page. */
const A_PAGE = 50;

/** The party's work on many, the latest first. */
export async function jobsPage(c: ConsoleContext, { hub }: Door) {
  const { language, member } = c.get('visit');
  const text = jobsText[language];
  const jobs = await jobsOf(hub.table, member.party);
  return showPage(c, {
    title: text.title,
    room: 'import',
    children: (
      <>
        <h1>{text.title}</h1>
        <p class="small">{text.lead}</p>
        {jobs.length === 0 ? <p class="empty">{text.none}</p> : <JobList language={language} jobs={jobs} />}
      </>
    ),
  });
}

function kindText(language: Language, job: Job): string {
  const kind = rowKindOf(job);
  return kind === undefined ? job.kind : jobsText[language].kinds[kind];
}

function JobList({ language, jobs }: { readonly language: Language; readonly jobs: readonly Job[] }) {
  const text = jobsText[language];
  return (
    <ListTable
      rows={jobs}
      columns={[
        {
          head: text.what,
          bare: true,
          cell: (job) => <a href={`/console/jobs/${job.id}`}>{kindText(language, job)}</a>,
        },
        { head: text.rows, class: 'numeric', cell: ({ rows }) => countText(rows) },
        { head: text.state, cell: ({ state }) => text.states[state] },
        { head: text.started, cell: ({ startedAt }) => momentText(startedAt) },
      ]}
    />
  );
}

function Summary({ language, job, sums }: { readonly language: Language; readonly job: Job; readonly sums: Sums }) {
  const text = jobsText[language];
  const kind = rowKindOf(job);
  const worked = sums.done + sums.refused + sums.failed;
  const left = job.state === 'cancelled' ? job.rows - worked : 0;
  const said = (line: string, count: number) => count > 0 && <p>{fill(line, { count: countText(count) })}</p>;
  return (
    <>
      <p role="status">{fill(text.progress, { done: countText(worked), total: countText(job.rows) })}</p>
      <progress class="meter" max={job.rows} value={worked} />
      <Notice tone={sums.refused + sums.failed + left > 0 ? 'warning' : 'info'}>
        <p>{fill(text.done, { count: countText(sums.done) })}</p>
        {kind && said(text.noted[kind], sums.noted)}
        {said(text.refused, sums.refused)}
        {said(text.failed, sums.failed)}
        {said(text.left, left)}
      </Notice>
    </>
  );
}

/** How far a job has come, and which rows were not done. While it goes on the page looks again by itself, without a script. */
export async function jobPage(c: ConsoleContext, door: Door) {
  const { language, member, acting, csrf } = c.get('visit');
  const text = jobsText[language];
  const job = await jobOf(door.hub.table, member, slugIn(c));
  const kind = rowKindOf(job);
  const sums = await sumsOf(door.hub.table, job);
  const after = Number(c.req.query('after') ?? 0) || 0;
  const rows = sums.troubled.filter((row) => row > after);
  const shown = rows.slice(0, A_PAGE);
  const here = `/console/jobs/${job.id}`;
  if (job.state === 'open' && after === 0) c.header('refresh', `${AGAIN}; url=${here}`);
  return showPage(c, {
    title: kindText(language, job),
    room: 'import',
    children: (
      <>
        <h1>
          {kindText(language, job)}{' '}
          <span class={`tag ${job.state === 'open' ? '' : 'end'}`}>{text.states[job.state]}</span>
        </h1>
        <p class="small">
          {text.started} {momentText(job.startedAt)}
          {job.endedAt && ` · ${text.ended} ${momentText(job.endedAt)}`}
        </p>
        <Summary language={language} job={job} sums={sums} />
        {job.state === 'done' && sums.failed > 0 && may(acting, 'retry-job', { ownedBy: member.party }) && (
          <form class="panel" method="post" action={`${here}/retry`}>
            <Hidden name="csrf" value={csrf} />
            <p class="small">{text.retryHint}</p>
            <Submit text={fill(text.retry, { count: countText(sums.failed) })} />
          </form>
        )}
        {job.state === 'open' && (
          <p class="small">
            {text.lead} {text.refreshed} <a href={here}>{text.look}</a>
          </p>
        )}
        {kind && shown.length > 0 && (
          <section>
            <h2>{text.troubled}</h2>
            <Troubled table={door.hub.table} language={language} job={job} kind={kind} rows={shown} />
            {rows.length > shown.length && (
              <p class="paging">
                <a class="button second" rel="next" href={`${here}?after=${shown.at(-1)}`}>
                  {text.more}
                </a>
              </p>
            )}
          </section>
        )}
        {job.state === 'open' && may(acting, 'cancel-job', { ownedBy: member.party }) && (
          <form class="panel" method="post" action={`${here}/cancellation`}>
            <Hidden name="csrf" value={csrf} />
            <p class="small">{text.cancelHint}</p>
            <Submit text={text.cancel} look="second" />
          </form>
        )}
        <p class="actions">
          <a href="/console/jobs">{text.all}</a> <a href="/console">{text.toInbox}</a>
        </p>
      </>
    ),
  });
}

/** Ends a job before its rows are all worked on. */
export async function cancelForm(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const { id } = await cancelJob(door.hub.table, slugIn(c), { member, door: 'console' });
  return c.redirect(`/console/jobs/${id}`, 303);
}

/** Has the rows tried again that failed by a fault. */
export async function retryForm(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const { id } = await retryJob(door.hub.table, slugIn(c), { member, door: 'console' });
  return c.redirect(`/console/jobs/${id}`, 303);
}
