import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { secretOf } from '../../../shared/case/track.ts';
import type { Kind } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { formText } from '../../forms/texts/forms.ts';
import { beginApplication, continueApplication, formLanguage, type WizardVisit } from '../../forms/wizard.tsx';
import { comeWithFile, type FileWay, leadToFile } from '../../incoming/typed-file.ts';
import { applicationOf } from '../../kinds/forms.ts';
import { kindForms } from '../../kinds/index.ts';
import type { KindForms } from '../../kinds/pages.ts';
import { yuanText } from '../../web/amounts.tsx';
import { type SheetFormat, sheetFile } from '../../web/given-file.ts';
import { languageOf } from '../../web/language.ts';
import { respond } from '../../web/page.tsx';
import { type Form, readForm } from '../../web/read-form.ts';
import type { Site } from '../app.tsx';
import { SitePage } from '../layout.tsx';
import { programmeName } from '../programme-words.ts';
import { programmesText } from '../texts/programmes.ts';
import { chooseFilePage } from './choose-file.tsx';
import { ProgrammeCard } from './programme-card.tsx';
import { ClosedNotice, openProgrammes, programmeAt } from './programmes.tsx';

/** A programme's form begins with its programme. */
async function choosePage(c: Context, { hub }: Site, kind: Kind, closed?: Programme) {
  const language = languageOf(c);
  const text = formText[language];
  const { path, texts } = kindForms[kind];
  const programmes = await openProgrammes(hub);
  return respond(
    c,
    <SitePage c={c} language={language} title={texts[language].title}>
      {closed && <ClosedNotice language={language} programme={closed} />}
      <p class="steps">{texts[language].title}</p>
      <h1>{text.chooseProgramme}</h1>
      <p class="lead">{programmes.length > 0 ? text.chooseProgrammeText : programmesText[language].none}</p>
      <ul class="cards">
        {programmes.map((programme) => (
          <ProgrammeCard
            language={language}
            programme={programme}
            href={`${path}?programme=${programme.id}`}
            heading="h2"
          />
        ))}
      </ul>
    </SitePage>,
    closed ? 422 : 200,
  );
}

interface ChosenProps {
  readonly language: Language;
  readonly programme: Programme;
  /** where another one is chosen */
  readonly path: string;
}

/** Which programme is applied to, above its form. */
function Chosen({ language, programme, path }: ChosenProps) {
  const text = formText[language];
  return (
    <p class="chosen">
      <strong>{programmeName(language, programme)}</strong>
      <br />
      {fill(text.ceiling, { amount: yuanText(language, programme.ceiling) })} ·{' '}
      {fill(text.closesOn, { date: programme.closesOn })} · <a href={path}>{text.otherProgramme}</a>
    </p>
  );
}

/** By its address alone, as everything about a form that nobody sent yet. */
function wayOf(c: Context, { hub, incoming, publicUrl }: Site, kind: Kind): FileWay {
  return { c, hub, incoming, publicUrl, path: kindForms[kind].path };
}

/** A form on the public site: what is sent leads to its number and private link. */
function visitOf(c: Context, site: Site, kind: Kind, language: Language, intro?: Child): WizardVisit {
  const { hub } = site;
  return {
    c,
    hub,
    chooseFile: (form) => leadToFile(wayOf(c, site, kind), form),
    language,
    intro,
    Frame: (page) => <SitePage c={c} language={language} {...page} />,
    sent: async (subject) => `/track/${await secretOf(hub, subject)}/sent`,
  };
}

/** The programme that the request's address names; `none` where the form is a programme's and it names none. */
async function chosenFor(c: Context, { hub }: Site, kind: Kind): Promise<Programme | 'none' | undefined> {
  if (!kindForms[kind].ofProgramme) return undefined;
  const id = c.req.query('programme');
  return id ? programmeAt(hub, id) : 'none';
}

async function begun(c: Context, site: Site, kind: Kind, language: Language, programme: Programme | undefined) {
  const { hub } = site;
  const others = programme ? await openProgrammes(hub) : [];
  const intro = programme && <Chosen language={language} programme={programme} path={kindForms[kind].path} />;
  const application = applicationOf(kind, { hub, language, today: localDate(Date.now()), programme, others });
  return [visitOf(c, site, kind, language, intro), application] as const;
}

/** The first page of a form. */
export async function beginForm(c: Context, site: Site, kind: Kind) {
  const programme = await chosenFor(c, site, kind);
  if (programme === 'none') return choosePage(c, site, kind);
  if (programme && !isOpen(programme, localDate(Date.now()))) return choosePage(c, site, kind, programme);
  return beginApplication(...(await begun(c, site, kind, languageOf(c), programme)));
}

/** What was done on a page of a form, and the page that follows. */
export async function sendForm(c: Context, site: Site, kind: Kind) {
  return goOn(c, site, kind, await readForm(c));
}

/** A form that has its file, or the page where that is chosen. */
export async function formWithFile(c: Context, site: Site, kind: Kind) {
  const come = await comeWithFile(wayOf(c, site, kind));
  if ('choice' in come) return chooseFilePage(c, languageOf(c), come.choice);
  const page = await goOn(c, site, kind, come.form);
  await come.done();
  return page;
}

async function goOn(c: Context, site: Site, kind: Kind, form: Form) {
  const programme = await chosenFor(c, site, kind);
  if (programme === 'none') return choosePage(c, site, kind);
  return continueApplication(...(await begun(c, site, kind, formLanguage(c, form), programme)), form);
}

/** An empty sheet of a kind, to be filled in and sent with its form; a workbook's columns are text, so that no digit is lost. */
export function emptySheet(c: Context, { path, heading }: NonNullable<KindForms<Kind>['sheet']>, format: SheetFormat) {
  const { body, headers } = sheetFile(format, path.split('/').at(-1) ?? '', [heading[languageOf(c)]]);
  return c.body(body, 200, headers);
}
