import { nameStandIn, revokeStandIn, type StandInBoard, standInBoard } from '../../../shared/answering/stand-ins.ts';
import { type FieldProblem, Rejected, rejectionCodes } from '../../../shared/domain/errors.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { formProblems, given, readerOf } from '../../forms/desk-values.ts';
import { Select } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { DateInput, Hidden } from '../../web/inputs.tsx';
import { ListTable } from '../../web/list-table.tsx';
import { Notice } from '../../web/notice.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { conflictText } from '../texts/conflict.ts';
import { frameText } from '../texts/frame.ts';

interface Tried {
  readonly problems: readonly FieldProblem[];
  readonly message: string;
  readonly status: 403 | 409 | 422;
}

interface PartProps {
  readonly visit: Visit;
  readonly board: StandInBoard;
}

function StandInTable({ visit, board }: PartProps) {
  const { language, csrf } = visit;
  const text = conflictText[language];
  if (board.standIns.length === 0) return <p class="empty">{text.noStandIns}</p>;
  return (
    <ListTable
      rows={board.standIns}
      columns={[
        { head: text.away, cell: ({ member }) => member },
        { head: text.standIn, cell: ({ standIn }) => standIn },
        {
          head: text.days,
          cell: ({ from, to, inForce }) => (
            <>
              {from} – {to}{' '}
              <span class={inForce ? 'tag wait' : 'tag plain'}>{inForce ? text.inForce : text.ahead}</span>
            </>
          ),
        },
        {
          head: text.revoke,
          buttons: true,
          cell: ({ id, member, standIn, revocable }) =>
            revocable && (
              <form method="post" action={`/console/stand-ins/${id}/revocation`}>
                <Hidden name="csrf" value={csrf} />
                <Submit text={text.revoke} look="link" of={fill(text.revokeWhich, { member, standIn })} />
              </form>
            ),
        },
      ]}
    />
  );
}

function NameForm({ visit, board, typed, tried }: PartProps & { readonly typed?: Form; readonly tried?: Tried }) {
  const { language, csrf } = visit;
  const text = conflictText[language];
  const roleNames = domainText[language].roles;
  const form = formView({
    language,
    labels: text.labels,
    value: typed ? typed.get : () => '',
    problems: tried?.problems ?? [],
  });
  const choices = board.colleagues.map(({ id, name, roles }) => ({
    value: id,
    text: `${name} · ${roles.map((role) => roleNames[role]).join(frameText[language].list)}`,
  }));
  return (
    <section class="panel" id="name">
      <h2>{text.name}</h2>
      {choices.length === 0 ? (
        <p>{text.noColleagues}</p>
      ) : (
        <form method="post" action="/console/stand-ins" autocomplete="off">
          <Hidden name="csrf" value={csrf} />
          <Hidden name="key" value={formKey(typed)} />
          {tried && <ErrorSummary form={form} message={tried.message} />}
          <Select form={form} name="standIn" width="full" choices={choices} />
          <DateInput form={form} name="from" />
          <DateInput form={form} name="to" hint={text.nameHint} />
          <Submit text={text.nameButton} />
        </form>
      )}
    </section>
  );
}

async function page(c: ConsoleContext, door: Door, tried?: Tried) {
  const visit = c.get('visit');
  const text = conflictText[visit.language];
  const board = await standInBoard(door.hub.table, visit.acting);
  const done = c.req.query('done');
  const typed = tried && { typed: c.get('form'), tried };
  return showPage(c, {
    title: text.standIns,
    room: 'stand-ins',
    status: tried?.status ?? 200,
    children: (
      <>
        <h1>{text.standIns}</h1>
        <p class="small">{text.standInsLead}</p>
        {!tried && done === 'named' && <Notice tone="done">{text.named}</Notice>}
        {!tried && done === 'revoked' && <Notice tone="done">{text.revoked}</Notice>}
        <div class="two-up">
          <div>
            <StandInTable visit={visit} board={board} />
          </div>
          <NameForm visit={visit} board={board} {...typed} />
        </div>
      </>
    ),
  });
}

export function standInsPage(c: ConsoleContext, door: Door) {
  return page(c, door);
}

export async function nameForm(c: ConsoleContext, door: Door) {
  const { acting, member, language } = c.get('visit');
  const form = c.get('form');
  const reader = readerOf(form.get);
  const body = { ...given({ standIn: reader.text('standIn'), from: reader.day('from'), to: reader.day('to') }) };
  try {
    await nameStandIn(door.hub.table, body, acting, 'console', onceFor(member, form, body));
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'forbidden') throw error;
    const problems = formProblems({ body, problems: reader.problems, rows: reader.rows }, error.fields);
    const { status } = rejectionCodes[error.code];
    return page(c, door, {
      problems,
      message: messageAbove(language, error, problems),
      status: status === 403 || status === 409 ? status : 422,
    });
  }
  return c.redirect('/console/stand-ins?done=named', 303);
}

export async function revokeForm(c: ConsoleContext, door: Door) {
  await revokeStandIn(door.hub.table, c.req.param('id') ?? '', c.get('visit').acting, 'console');
  return c.redirect('/console/stand-ins?done=revoked', 303);
}
