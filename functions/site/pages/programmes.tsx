import type { Context } from 'hono';
import { programmeOr404 } from '../../../shared/case/catalogue.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { ProgrammeId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { funderNameIn, questionIn } from '../../../shared/i18n/names.ts';
import type { Hub } from '../../../shared/store/hub.ts';
import { listProgrammes } from '../../../shared/store/programmes.ts';
import { kindForms } from '../../kinds/index.ts';
import { yuanText } from '../../web/amounts.tsx';
import { languageOf } from '../../web/language.ts';
import { Notice } from '../../web/notice.tsx';
import { respond } from '../../web/page.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import type { Site } from '../app.tsx';
import { SitePage } from '../layout.tsx';
import { areaText, closedOn, eligibleText, programmeName, programmePurpose } from '../programme-words.ts';
import { programmesText } from '../texts/programmes.ts';
import { ProgrammeCard } from './programme-card.tsx';

/** Programmes that take applications now, the first to close first. */
export async function openProgrammes(hub: Hub): Promise<Programme[]> {
  const today = localDate(Date.now());
  const open = (await listProgrammes(hub.table)).filter((programme) => isOpen(programme, today));
  return open.sort((a, b) => a.closesOn.localeCompare(b.closesOn));
}

/** The programme that an address names. @throws {@link Rejected} `not-found` */
export function programmeAt(hub: Hub, id: string): Promise<Programme> {
  const parsed = ProgrammeId.safeParse(id);
  if (!parsed.success) throw new Rejected('not-found');
  return programmeOr404(hub, parsed.data);
}

/** All programmes: those open now, then those that have closed. */
export async function programmesPage(c: Context, { hub }: Site) {
  const language = languageOf(c);
  const text = programmesText[language];
  const today = localDate(Date.now());
  const programmes = await listProgrammes(hub.table);
  const open = await openProgrammes(hub);
  const closed = programmes.filter((programme) => !isOpen(programme, today));
  return respond(
    c,
    <SitePage c={c} language={language} title={text.title}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <h2>{text.open}</h2>
      {open.length === 0 && <p>{text.none}</p>}
      <ul class="cards">
        {open.map((programme) => (
          <ProgrammeCard language={language} programme={programme} href={`/programmes/${programme.id}`} heading="h3" />
        ))}
      </ul>
      {closed.length > 0 && (
        <>
          <h2>{text.closed}</h2>
          <ul>
            {closed.map((programme) => (
              <li>
                <a href={`/programmes/${programme.id}`}>{programmeName(language, programme)}</a>{' '}
                <span class="small">{fill(text.closedOn, { date: closedOn(programme) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </SitePage>,
  );
}

function facts(language: Language, programme: Programme) {
  const text = programmesText[language];
  const left = { left: yuanText(language, programme.available), budget: yuanText(language, programme.budget) };
  return [
    { label: text.funder, value: funderNameIn(language, programme) },
    { label: text.area, value: areaText(language, programme) },
    { label: text.who, value: eligibleText(language, programme) },
    { label: text.ceiling, value: yuanText(language, programme.ceiling) },
    { label: text.left, value: <Left programme={programme} said={fill(text.leftOf, left)} /> },
    { label: text.closesOn, value: fill(text.including, { date: programme.closesOn }) },
    { label: text.reportDue, value: fill(text.reportDays, { days: programme.reportDueDays }) },
  ];
}

function Left({ programme, said }: { readonly programme: Programme; readonly said: string }) {
  return (
    <>
      {said}
      <meter class="meter" min={0} max={programme.budget} value={programme.available} aria-hidden="true" />
    </>
  );
}

/** That a programme has closed, and where the open ones are. */
export function ClosedNotice({ language, programme }: { readonly language: Language; readonly programme: Programme }) {
  const text = programmesText[language];
  return (
    <Notice tone="warning">
      <p>
        {fill(text.closedNotice, { date: closedOn(programme) })} <a href="/programmes">{text.seeOthers}</a>
      </p>
    </Notice>
  );
}

/** One programme with all that an applicant should know. */
export async function programmePage(c: Context, { hub }: Site) {
  const language = languageOf(c);
  const text = programmesText[language];
  const programme = await programmeAt(hub, c.req.param('id') ?? '');
  const open = isOpen(programme, localDate(Date.now()));
  const name = programmeName(language, programme);
  return respond(
    c,
    <SitePage c={c} language={language} title={name}>
      {!open && <ClosedNotice language={language} programme={programme} />}
      <p class="steps">{text.title}</p>
      <h1>{name}</h1>
      <p class="lead prose-typed">{programmePurpose(language, programme)}</p>
      <SummaryList rows={facts(language, programme)} />
      <h2>{text.questions}</h2>
      {programme.questions.length === 0 ? (
        <p>{text.noQuestions}</p>
      ) : (
        <ol>
          {programme.questions.map((question) => (
            <li>
              {questionIn(language, question)} {question.required && <span class="optional">{text.required}</span>}
            </li>
          ))}
        </ol>
      )}
      {open && (
        <p class="actions">
          <a class="button" href={`${kindForms.grant.path}?programme=${programme.id}`}>
            {text.apply}
          </a>
        </p>
      )}
    </SitePage>,
  );
}
