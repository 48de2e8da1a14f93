import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { secretOf } from '../../../shared/case/track.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { rosterTemplate } from '../../../shared/kinds/insurance/roster/read-roster-sheet.ts';
import type { Hub } from '../../../shared/store/hub.ts';
import type { Application } from '../../forms/application.ts';
import { formText } from '../../forms/texts/forms.ts';
import { beginApplication, continueApplication, formLanguage, type WizardVisit } from '../../forms/wizard.tsx';
import { grantApplication } from '../../kinds/grant/form.tsx';
import { insuranceApplication } from '../../kinds/insurance/form.tsx';
import { needApplication } from '../../kinds/need/form.tsx';
import { yuanText } from '../../web/amounts.tsx';
import { type SheetFormat, sheetFile } from '../../web/given-file.ts';
import { languageOf } from '../../web/language.ts';
import { respond } from '../../web/page.tsx';
import { readForm } from '../../web/read-form.ts';
import type { Site } from '../app.tsx';
import { SitePage } from '../layout.tsx';
import { programmeName } from '../programme-words.ts';
import { programmesText } from '../texts/programmes.ts';
import { ProgrammeCard } from './programme-card.tsx';
import { ClosedNotice, openProgrammes, programmeAt } from './programmes.tsx';

async function choosePage(c: Context, hub: Hub, closed?: Programme) {
  const language = languageOf(c);
  const text = formText[language];
  const programmes = await openProgrammes(hub);
  return respond(
    c,
    <SitePage c={c} language={language} title={text.titles.grant}>
      {closed && <ClosedNotice language={language} programme={closed} />}
      <p class="steps">{text.titles.grant}</p>
      <h1>{text.chooseProgramme}</h1>
      <p class="lead">{programmes.length > 0 ? text.chooseProgrammeText : programmesText[language].none}</p>
      <ul class="cards">
        {programmes.map((programme) => (
          <ProgrammeCard
            language={language}
            programme={programme}
            href={`/grants/new?programme=${programme.id}`}
            heading="h2"
          />
        ))}
      </ul>
    </SitePage>,
    closed ? 422 : 200,
  );
}

/** Which programme is applied to, above its form. */
function Chosen({ language, programme }: { readonly language: Language; readonly programme: Programme }) {
  const text = formText[language];
  return (
    <p class="chosen">
      <strong>{programmeName(language, programme)}</strong>
      <br />
      {fill(text.ceiling, { amount: yuanText(language, programme.ceiling) })} ·{' '}
      {fill(text.closesOn, { date: programme.closesOn })} · <a href="/grants/new">{text.otherProgramme}</a>
    </p>
  );
}

/** A form on the public site: what is sent leads to its number and private link. */
function visitOf(c: Context, hub: Hub, language: Language, intro?: Child): WizardVisit {
  return {
    c,
    hub,
    language,
    intro,
    Frame: (page) => <SitePage c={c} language={language} {...page} />,
    sent: async (subject) => `/track/${await secretOf(hub, subject)}/sent`,
  };
}

type Asked = (language: Language, hub: Hub) => Application;

function begin(c: Context, hub: Hub, application: Asked) {
  const language = languageOf(c);
  return beginApplication(visitOf(c, hub, language), application(language, hub));
}

async function send(c: Context, hub: Hub, application: Asked) {
  const form = await readForm(c);
  const language = formLanguage(c, form);
  return continueApplication(visitOf(c, hub, language), application(language, hub), form);
}

const need: Asked = (language) => needApplication(language, localDate(Date.now()));
const insurance: Asked = (language, hub) => insuranceApplication(language, localDate(Date.now()), hub);

export function beginNeed(c: Context, { hub }: Site) {
  return begin(c, hub, need);
}

export function sendNeed(c: Context, { hub }: Site) {
  return send(c, hub, need);
}

export function beginInsurance(c: Context, { hub }: Site) {
  return begin(c, hub, insurance);
}

export function sendInsurance(c: Context, { hub }: Site) {
  return send(c, hub, insurance);
}

/** A grant's form is its programme's: the programme is chosen first. */
export async function beginGrant(c: Context, { hub }: Site) {
  const id = c.req.query('programme');
  if (!id) return choosePage(c, hub);
  const programme = await programmeAt(hub, id);
  if (!isOpen(programme, localDate(Date.now()))) return choosePage(c, hub, programme);
  const language = languageOf(c);
  const intro = <Chosen language={language} programme={programme} />;
  return beginApplication(
    visitOf(c, hub, language, intro),
    grantApplication(language, programme, localDate(Date.now())),
  );
}

export async function sendGrant(c: Context, { hub }: Site) {
  const form = await readForm(c);
  const id = c.req.query('programme');
  if (!id) return choosePage(c, hub);
  const programme = await programmeAt(hub, id);
  const language = formLanguage(c, form);
  const intro = <Chosen language={language} programme={programme} />;
  return continueApplication(
    visitOf(c, hub, language, intro),
    grantApplication(language, programme, localDate(Date.now())),
    form,
  );
}

function rosterSheet(c: Context, format: SheetFormat) {
  const { body, headers } = sheetFile(format, 'roster', [rosterTemplate[languageOf(c)]]);
  return c.body(body, 200, headers);
}

/** The sheet that a roster can be typed into; its columns are text, so that no digit is lost. */
export function rosterWorkbook(c: Context) {
  return rosterSheet(c, 'xlsx');
}

/** The same for programs that read no workbook. */
export function rosterCsv(c: Context) {
  return rosterSheet(c, 'csv');
}
