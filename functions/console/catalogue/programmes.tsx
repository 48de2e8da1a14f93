import { may } from '../../../shared/answering/acting.ts';
import { seatsLacking, seatsLackingIn } from '../../../shared/answering/programme-team.ts';
import { closeProgramme, createProgramme } from '../../../shared/case/catalogue.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { ProgrammeId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme, ProgrammeInput } from '../../../shared/entities/programme/programme.ts';
import type { Seat } from '../../../shared/entities/programme/team.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { funderNameIn, nameIn } from '../../../shared/i18n/names.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { listProgrammes } from '../../../shared/store/programmes.ts';
import { assertReadable, formProblems } from '../../forms/desk-values.ts';
import { yuanText } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { catalogueText } from '../texts/catalogue.ts';
import { frameText } from '../texts/frame.ts';
import { ProgrammeForm, readProgrammeForm } from './programme-form.tsx';

/** Whom the funder lacks: said where a programme is published, and beside it until somebody has come. */
function Lacking({ language, lacks }: { readonly language: Language; readonly lacks: readonly Seat[] }) {
  const text = catalogueText[language];
  if (lacks.length === 0) return null;
  const seats = lacks.map((seat) => text.seats[seat]).join(frameText[language].list);
  return (
    <Notice tone="warning" title={fill(text.lackTitle, { seats })}>
      <p>{text.lackText}</p>
      <p>
        <a href="/console/members">{text.lackLink}</a>
      </p>
    </Notice>
  );
}

interface CardProps {
  readonly visit: Visit;
  readonly programme: Programme;
  readonly lacks: readonly Seat[];
}

function ProgrammeCard({ visit, programme, lacks }: CardProps) {
  const { language, member, acting, csrf } = visit;
  const text = catalogueText[language];
  const open = isOpen(programme, localDate(Date.now()));
  const state = open ? text.open : programme.closedAt ? text.closed : text.past;
  const types = programme.organizationTypes.map(
    (type) => kindWords[language].need.fields.organizationType.choices[type],
  );
  const own = programme.funder === member.party;
  const facts = [
    fill(text.ceiling, { amount: yuanText(language, programme.ceiling) }),
    fill(text.second, { amount: yuanText(language, programme.secondApprovalAbove) }),
    fill(text.closesOn, { date: programme.closesOn }),
    fill(text.report, { days: programme.reportDueDays }),
    programme.areas.join(frameText[language].list) || text.anyArea,
    types.join(frameText[language].list) || text.anyType,
    ...(programme.questions.length > 0 ? [fill(text.questions, { count: programme.questions.length })] : []),
  ];
  return (
    <section class="panel programme">
      <h2>
        {nameIn(language, programme)}
        <span class={open ? 'tag' : 'tag end'}>{state}</span>
      </h2>
      {!own && <p class="small">{funderNameIn(language, programme)}</p>}
      <Lacking language={language} lacks={lacks} />
      {may(acting, 'see-budget', { ownedBy: programme.funder }) && (
        <p>
          {fill(text.available, {
            available: yuanText(language, programme.available),
            budget: yuanText(language, programme.budget),
          })}
          <meter class="meter" min={0} max={programme.budget} value={programme.available}>
            {yuanText(language, programme.available)}
          </meter>
          <span class="sub">
            {fill(text.figures, {
              reserved: yuanText(language, programme.reserved),
              paid: yuanText(language, programme.paid),
              returned: yuanText(language, programme.returned),
            })}
          </span>
        </p>
      )}
      <p class="small">{facts.join(' · ')}</p>
      {open && may(acting, 'close-programme', { ownedBy: programme.funder }) && (
        <details>
          <summary>{text.close}</summary>
          <p class="hint">{text.closeHint}</p>
          <form method="post" action={`/console/programmes/${programme.id}/close`}>
            <Hidden name="csrf" value={csrf} />
            <Submit text={text.closeSure} look="second" />
          </form>
        </details>
      )}
    </section>
  );
}

/** Programmes: for a hub all of them, for a funder its own. */
export async function programmesPage(c: ConsoleContext, door: Door) {
  const visit = c.get('visit');
  const { member, acting, language } = visit;
  const text = catalogueText[language];
  const all = await listProgrammes(door.hub.table);
  const today = localDate(Date.now());
  const shown = all
    .filter((programme) => member.partyType !== 'funder' || programme.funder === member.party)
    .sort((a, b) => Number(isOpen(b, today)) - Number(isOpen(a, today)) || (a.publishedAt < b.publishedAt ? 1 : -1));
  const lacks = await seatsLackingIn(door.hub.table, member.party, shown);
  const made = shown.find(({ id }) => id === c.req.query('made'));
  return showPage(c, {
    title: text.programmes,
    room: 'programmes',
    children: (
      <>
        <div class="heading-row">
          <h1>{text.programmes}</h1>
          {may(acting, 'publish-programme', { ownedBy: member.party }) && (
            <a class="button" href="/console/programmes/new">
              {text.publish}
            </a>
          )}
        </div>
        {made && <Notice tone="done">{fill(text.published, { name: nameIn(language, made) })}</Notice>}
        {shown.length === 0 && <p class="empty">{text.none}</p>}
        {shown.map((programme) => (
          <ProgrammeCard visit={visit} programme={programme} lacks={lacks.get(programme.id) ?? []} />
        ))}
      </>
    ),
  });
}

async function showForm(
  c: ConsoleContext,
  door: Door,
  tried?: { problems: readonly FieldProblem[]; message: string; more: boolean },
) {
  const visit = c.get('visit');
  const text = catalogueText[visit.language];
  const form = tried && c.get('form');
  return showPage(c, {
    title: text.publishTitle,
    room: 'programmes',
    status: tried && !tried.more ? 422 : 200,
    children: (
      <div class="narrow">
        <h1>{text.publishTitle}</h1>
        <p class="small">{text.publishLead}</p>
        <Lacking language={visit.language} lacks={await seatsLacking(door.hub.table, visit.member.party)} />
        <ProgrammeForm visit={visit} typed={form} tried={tried} formKey={formKey(form)} />
      </div>
    ),
  });
}

export async function publish(c: ConsoleContext, door: Door) {
  const { member, language } = c.get('visit');
  const form = c.get('form');
  if (form.get('more') !== '') return showForm(c, door, { problems: [], message: '', more: true });
  const read = readProgrammeForm(form);
  try {
    assertReadable(read, ProgrammeInput);
    const programme = await createProgramme(door.hub, read.body, member, onceFor(member, form, read.body));
    return c.redirect(`/console/programmes?${new URLSearchParams({ made: programme.id })}`, 303);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'forbidden') throw error;
    const problems = formProblems(read, error.fields);
    return showForm(c, door, { problems, message: messageAbove(language, error, problems), more: false });
  }
}

export function programmeForm(c: ConsoleContext, door: Door) {
  return showForm(c, door);
}

export async function closeForm(c: ConsoleContext, door: Door) {
  const id = ProgrammeId.safeParse(c.req.param('id')).data;
  if (!id) throw new Rejected('not-found');
  await closeProgramme(door.hub, id, c.get('visit').member);
  return c.redirect('/console/programmes', 303);
}
