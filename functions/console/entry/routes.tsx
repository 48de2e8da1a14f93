import { volunteersFromFile } from '../../../shared/case/roster.ts';
import { submitCase } from '../../../shared/case/submit.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import { Kind, kinds, ProgrammeId } from '../../../shared/domain/ids.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme } from '../../../shared/entities/programme/programme.ts';
import { fieldText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { funderNameIn, nameIn } from '../../../shared/i18n/names.ts';
import { rosterSheetText, unreadableFileText } from '../../../shared/i18n/spreadsheet.ts';
import { UnreadableFile } from '../../../shared/spreadsheet/unreadable-file.ts';
import { listProgrammes, readProgramme } from '../../../shared/store/programmes.ts';
import { assertReadable, formProblems, readerOf, type Values } from '../../forms/desk-values.ts';
import { volunteersToText } from '../../kinds/insurance/roster-text.ts';
import { yuanText } from '../../web/amounts.tsx';
import { Notice } from '../../web/notice.tsx';
import type { Upload } from '../../web/read-form.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { entryText } from '../texts/entry.ts';
import { behalfInputs, deskForm, readDesk } from './desk-form.tsx';
import { NewForm, type Sent } from './new-form.tsx';

/** What can be entered for an organization that cannot do so itself. */
export function chooseKindPage(c: ConsoleContext) {
  const text = entryText[c.get('visit').language];
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
                <a href={`/console/new/${kind}`}>{text.kinds[kind].title}</a>
              </h2>
              <p>{text.kinds[kind].text}</p>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

/** A grant's form needs to know the programme's questions: the programme is chosen first. */
async function programmePage(c: ConsoleContext, door: Door) {
  const { language } = c.get('visit');
  const text = entryText[language];
  const today = localDate(Date.now());
  const open = (await listProgrammes(door.hub.table)).filter((programme) => isOpen(programme, today));
  return showPage(c, {
    title: text.newTitle.grant,
    room: 'new',
    children: (
      <div class="narrow">
        <h1>{text.newTitle.grant}</h1>
        <p>{open.length > 0 ? text.chooseProgramme : text.noProgrammes}</p>
        <ul>
          {open.map((programme) => (
            <li>
              <a href={`/console/new/grant?${new URLSearchParams({ programme: programme.id })}`}>
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
  const text = entryText[visit.language];
  return showPage(c, {
    title: text.newTitle[kind],
    room: 'new',
    status: sent && !sent.more ? 422 : 200,
    children: (
      <div class="narrow">
        <h1>{text.newTitle[kind]}</h1>
        {programme && <Notice tone="info">{programme.name}</Notice>}
        <NewForm visit={visit} kind={kind} programme={programme} sent={sent} formKey={formKey(sent && c.get('form'))} />
      </div>
    ),
  });
}

/** The rows of an uploaded roster as text for the form, where they can be mended; or why the file cannot be used. */
async function typedRoster(c: ConsoleContext, upload: Upload): Promise<{ text: string } | { why: string }> {
  const { language } = c.get('visit');
  try {
    const sheet = await volunteersFromFile(upload.bytes);
    if (!sheet.ok) return { why: rosterSheetText(language, sheet) };
    const lost = sheet.rows.find((row) => row.digitsLost);
    if (lost) {
      const problem = fieldText(language, { pointer: '', code: 'identity-digits-lost' });
      return { why: `${fill(entryText[language].row, { row: lost.line })}: ${problem}` };
    }
    return {
      text: volunteersToText(sheet.rows.map(({ name, identityNumber, phone }) => ({ name, identityNumber, phone }))),
    };
  } catch (error) {
    if (error instanceof UnreadableFile) return { why: unreadableFileText(language, error) };
    throw error;
  }
}

async function submit(c: ConsoleContext, door: Door, kind: Kind) {
  const { member, language } = c.get('visit');
  const form = c.get('form');
  const programme = kind === 'grant' ? await programmeOf(door, form.get('programme')) : undefined;
  const upload = kind === 'insurance' ? form.file('file') : undefined;
  const roster = upload && (await typedRoster(c, upload));
  const values: Values = (name) => (name === 'volunteers' && roster && 'text' in roster ? roster.text : form.get(name));
  const again = (sent: Partial<Sent>) =>
    newPage(c, kind, programme, { values, problems: [], fields: [], message: '', more: false, ...sent });
  if (form.get('more') !== '') return again({ more: true });
  if (roster && 'why' in roster) return again({ message: roster.why });
  const reader = readerOf(values);
  const body = readDesk(deskForm(language, kind, 'behalf', { programme }), values, reader);
  const read = { body, problems: reader.problems, rows: reader.rows };
  try {
    assertReadable(read, behalfInputs[kind]);
    const once = onceFor(member, form, read.body);
    const { subject } = await submitCase(door.hub, kind, { body: read.body, member, once });
    return c.redirect(`/console/cases/${subject.id}`, 303);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'forbidden') throw error;
    const rows: readonly FieldProblem[] = error.fields.filter(({ pointer }) => pointer.startsWith('/volunteers/'));
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
  const programme = kind === 'grant' ? await programmeOf(door, c.req.query('programme')) : undefined;
  return kind === 'grant' && !programme ? programmePage(c, door) : newPage(c, kind, programme);
}

export function newCaseForm(c: ConsoleContext, door: Door) {
  return submit(c, door, kindOf(c));
}
