import { openDraft, removeDraft, saveDraft, sendDraft, sentFrom } from '../../../shared/case/drafts.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { Kind, newSlug, ProgrammeId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Member } from '../../../shared/domain/party.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme } from '../../../shared/entities/programme/programme.ts';
import { keptAnswers } from '../../../shared/kinds/draft.ts';
import { listProgrammes, readProgramme } from '../../../shared/store/programmes.ts';
import type { Answers } from '../../forms/answers.ts';
import { readAnswers } from '../../forms/answers.ts';
import type { Application } from '../../forms/application.ts';
import { formText } from '../../forms/texts/forms.ts';
import { beginApplication, continueApplication, formLanguage, type WizardVisit } from '../../forms/wizard.tsx';
import { leadToFile } from '../../incoming/typed-file.ts';
import { applicationOf } from '../../kinds/forms.ts';
import { kindForms } from '../../kinds/index.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { ConsolePage, showPage } from '../frame.tsx';
import { slugIn } from '../path.ts';
import { wayOf, withFile } from '../with-file.tsx';
import { conflictPage } from './conflict.tsx';
import { held, heldBy, pathOf, type ShownDraft } from './held.ts';

async function programmeOf({ hub }: Door, typed: string | undefined): Promise<Programme> {
  const id = ProgrammeId.safeParse(typed).data;
  const programme = id && (await readProgramme(hub.table, id));
  if (!programme) throw new Rejected('not-found');
  return programme;
}

/** The form of a draft, as the public site has it, sent to the draft's own address. */
async function shownFor(door: Door, draft: ShownDraft, language: Language): Promise<Shown> {
  const today = localDate(Date.now());
  const { ofProgramme } = kindForms[draft.kind];
  const programme = ofProgramme ? await programmeOf(door, draft.programme) : undefined;
  const form = applicationOf(draft.kind, { hub: door.hub, language, today, programme });
  return { draft, application: { ...form, path: pathOf(draft) }, programme };
}

/** Does what a draft is for; where it was changed or sent meanwhile, the person sees both texts. */
async function orConflict<T>(c: ConsoleContext, door: Door, shown: Shown, mine: () => Answers, act: () => Promise<T>) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Rejected) || (error.code !== 'draft-changed' && error.code !== 'draft-sent')) throw error;
    const { acting } = c.get('visit');
    const { draft, application } = shown;
    const [theirs, sent] = await Promise.all([
      openDraft(door.hub, acting, draft.id, 'console'),
      sentFrom(door.hub, acting, draft.id),
    ]);
    const typed: Answers = new Map(Object.entries(keptAnswers(mine())));
    return conflictPage(c, { held: draft, application, mine: typed, theirs, sent });
  }
}

interface Shown {
  readonly draft: ShownDraft;
  readonly application: Application;
  readonly programme: Programme | undefined;
}

function visitOf(c: ConsoleContext, door: Door, language: Language, shown: Shown): WizardVisit {
  const { acting, csrf } = c.get('visit');
  const { hub } = door;
  const { draft, programme } = shown;
  return {
    c,
    hub,
    language,
    intro: programme && <p class="chosen">{programme.name}</p>,
    Frame: (page) => <ConsolePage c={c} language={language} room="requests" {...page} />,
    chooseFile: (form) => leadToFile(wayOf(c, door, pathOf(draft)), form),
    drafting: {
      carries: draft.carries(csrf),
      save: (answers) =>
        orConflict(
          c,
          door,
          shown,
          () => answers,
          async () => {
            await saveDraft(hub, acting, draft, keptAnswers(answers));
            return c.redirect('/console/requests?done=saved', 303);
          },
        ),
      send: (body) => sendDraft(hub, acting, draft, body),
    },
    sent: async ({ id }) => `/console/cases/${id}`,
  };
}

/** What is known of who begins: their organization, and them as its contact. */
function known({ partyName, name, email }: Member, { defaults }: Application): Answers {
  const own = { organization: partyName, 'contact.name': name, 'contact.email': email };
  return new Map([...defaults, ...Object.entries(own)]);
}

/** A programme's form begins with its programme. */
async function choosePage(c: ConsoleContext, { hub }: Door, kind: Kind) {
  const { language } = c.get('visit');
  const text = formText[language];
  const today = localDate(Date.now());
  const open = (await listProgrammes(hub.table)).filter((programme) => isOpen(programme, today));
  return showPage(c, {
    title: kindForms[kind].texts[language].title,
    room: 'requests',
    children: (
      <>
        <h1>{text.chooseProgramme}</h1>
        <p class="lead">{text.chooseProgrammeText}</p>
        <ul>
          {open.map(({ id, name }) => (
            <li>
              <a href={`/console/drafts/new/${kind}?programme=${id}`}>{name}</a>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

/** A form for the member's organization; it is nowhere before it is saved or sent. */
export async function newDraftPage(c: ConsoleContext, door: Door) {
  const { member, language } = c.get('visit');
  const kind = Kind.safeParse(c.req.param('kind')).data;
  if (!kind) throw new Rejected('not-found');
  const asked = c.req.query('programme');
  const { ofProgramme } = kindForms[kind];
  if (ofProgramme && !asked) return choosePage(c, door, kind);
  const programmeId = ofProgramme ? (await programmeOf(door, asked)).id : undefined;
  const draft = held({ id: newSlug(), version: 0, kind, programme: programmeId });
  const shown = await shownFor(door, draft, language);
  return beginApplication(visitOf(c, door, language, shown), shown.application, known(member, shown.application));
}

/** A draft as it was last saved; one that was sent leads to the case it became. */
export async function draftPage(c: ConsoleContext, door: Door) {
  const { acting, language } = c.get('visit');
  const id = slugIn(c);
  const found = await openDraft(door.hub, acting, id, 'console');
  if (!found) {
    const sent = await sentFrom(door.hub, acting, id);
    if (!sent) throw new Rejected('not-found');
    return c.redirect(`/console/cases/${sent}`, 303);
  }
  const shown = await shownFor(door, held(found), language);
  const answers: Answers = new Map(Object.entries(found.answers));
  return beginApplication(visitOf(c, door, language, shown), shown.application, answers);
}

export async function draftForm(c: ConsoleContext, door: Door) {
  const form = c.get('form');
  const language = formLanguage(c, form);
  const shown = await shownFor(door, heldBy(slugIn(c), form), language);
  const { application } = shown;
  return orConflict(
    c,
    door,
    shown,
    () => readAnswers(form, application.questions),
    () => continueApplication(visitOf(c, door, language, shown), application, form),
  );
}

/** The form of a draft with its file, or the page where that is chosen. */
export function draftWithFile(c: ConsoleContext, door: Door) {
  return withFile(c, door, { path: `/console/drafts/${slugIn(c)}`, room: 'requests', goOn: () => draftForm(c, door) });
}

export async function removalOfDraft(c: ConsoleContext, door: Door) {
  const version = Number(c.get('form').get('version'));
  await removeDraft(door.hub, c.get('visit').acting, slugIn(c), version || 0);
  return c.redirect('/console/requests?done=discarded', 303);
}
