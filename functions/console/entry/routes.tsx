import { submitCase } from '../../../shared/case/submit.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import { Kind, kinds, ProgrammeId } from '../../../shared/domain/ids.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { funderNameIn, nameIn } from '../../../shared/i18n/names.ts';
import { listProgrammes, readProgramme } from '../../../shared/store/programmes.ts';
import { readDesk } from '../../forms/desk-form.ts';
import { assertReadable, formProblems, readerOf, type Values } from '../../forms/desk-values.ts';
import { CHOOSE } from '../../incoming/file-choice.tsx';
import { leadToFile } from '../../incoming/typed-file.ts';
import { deskForms, kindForms } from '../../kinds/index.ts';
import { yuanText } from '../../web/amounts.tsx';
import { Notice } from '../../web/notice.tsx';
import { asTyped } from '../../web/read-form.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { entryText } from '../texts/entry.ts';
import { wayOf, withFile } from '../with-file.tsx';
import { deskForm } from './desk-form.tsx';
import { isWrong, NewForm, type Sent } from './new-form.tsx';

/** What can be entered for an organization that cannot do so itself. */
export function chooseKindPage(c: ConsoleContext) {
  const { language } = c.get('visit');
  const text = entryText[language];
  return showPage(c, {
    title: text.title,
    room: 'new',
    children: (
      <>
        <h1>{text.title}</h1>
        <p>{text.lead}</p>
        <ul class="cards three">
          {kinds.map((kind) => (
            <li class="card">
              <h2>
                <a href={`/console/new/${kind}`}>{deskForms[kind].texts[language].card.title}</a>
              </h2>
              <p>{deskForms[kind].texts[language].card.text}</p>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

/** A programme's form needs to know its questions: the programme is chosen first. */
async function programmePage(c: ConsoleContext, door: Door, kind: Kind) {
  const { language } = c.get('visit');
  const text = entryText[language];
  const { title } = deskForms[kind].texts[language];
  const today = localDate(Date.now());
  const open = (await listProgrammes(door.hub.table)).filter((programme) => isOpen(programme, today));
  return showPage(c, {
    title,
    room: 'new',
    children: (
      <div class="narrow">
        <h1>{title}</h1>
        <p>{open.length > 0 ? text.chooseProgramme : text.noProgrammes}</p>
        <ul>
          {open.map((programme) => (
            <li>
              <a href={`/console/new/${kind}?${new URLSearchParams({ programme: programme.id })}`}>
                {fill(text.programmeOption, {
                  name: nameIn(language, programme),
                  funder: funderNameIn(language, programme),
                  ceiling: yuanText(language, programme.ceiling),
                  closesOn: programme.closesOn,
                })}
              </a>
            </li>
          ))}
        </ul>
      </div>
    ),
  });
}

async function programmeOf(door: Door, typed: string | undefined): Promise<Programme | undefined> {
  const id = ProgrammeId.safeParse(typed).data;
  return id && (await readProgramme(door.hub.table, id));
}

function newPage(c: ConsoleContext, kind: Kind, programme: Programme | undefined, sent?: Sent) {
  const visit = c.get('visit');
  const { title } = deskForms[kind].texts[visit.language];
  return showPage(c, {
    title,
    room: 'new',
    status: sent && isWrong(sent) ? 422 : 200,
    children: (
      <div class="narrow">
        <h1>{title}</h1>
        {programme && <Notice tone="info">{programme.name}</Notice>}
        <NewForm visit={visit} kind={kind} programme={programme} sent={sent} formKey={formKey(sent && c.get('form'))} />
      </div>
    ),
  });
}

async function submit(c: ConsoleContext, door: Door, kind: Kind) {
  const { member, language } = c.get('visit');
  const form = c.get('form');
  if (form.get('action') === CHOOSE) return leadToFile(wayOf(c, door, `/console/new/${kind}`), form);
  const { toldByRow, input } = deskForms[kind];
  const programme = kindForms[kind].ofProgramme ? await programmeOf(door, form.get('programme')) : undefined;
  const received = await deskForms[kind].receive?.(language, form);
  // the page that comes has what was read, also where it comes again in the other language
  if (received && 'typed' in received) c.set('form', asTyped(form, received.typed));
  const values: Values = (name) => c.get('form').get(name);
  const again = (sent: Partial<Sent>) =>
    newPage(c, kind, programme, { values, problems: [], fields: [], message: '', more: false, ...sent });
  if (form.get('more') !== '') return again({ more: true });
  if (received && 'why' in received) return again({ message: received.why });
  if (received) return again({ notice: received.notice, fields: received.rows });
  const reader = readerOf(values);
  const body = readDesk(deskForm(language, kind, 'behalf', { programme }), values, reader);
  const read = { body, problems: reader.problems, rows: reader.rows };
  try {
    assertReadable(read, input);
    const once = onceFor(member, form, read.body);
    const { subject } = await submitCase(door.hub, kind, { body: read.body, member, once });
    return c.redirect(`/console/cases/${subject.id}`, 303);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'forbidden') throw error;
    const rows: readonly FieldProblem[] = error.fields.filter(
      ({ pointer }) => toldByRow && pointer.startsWith(`/${toldByRow}/`),
    );
    const others = error.fields.filter((field) => !rows.includes(field));
    const problems = formProblems(read, others);
    return again({ problems, fields: rows, message: messageAbove(language, error, problems) });
  }
}

function kindOf(c: ConsoleContext): Kind {
  const kind = Kind.safeParse(c.req.param('kind')).data;
  if (!kind) throw new Rejected('not-found');
  return kind;
}

export async function newCasePage(c: ConsoleContext, door: Door) {
  const kind = kindOf(c);
  const { ofProgramme } = kindForms[kind];
  const programme = ofProgramme ? await programmeOf(door, c.req.query('programme')) : undefined;
  return ofProgramme && !programme ? programmePage(c, door, kind) : newPage(c, kind, programme);
}

export function newCaseForm(c: ConsoleContext, door: Door) {
  return submit(c, door, kindOf(c));
}

/** The form with its file, or the page where that is chosen. */
export function newCaseWithFile(c: ConsoleContext, door: Door) {
  const path = `/console/new/${kindOf(c)}`;
  return withFile(c, door, { path, room: 'new', goOn: () => newCaseForm(c, door) });
}
