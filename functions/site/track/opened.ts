import type { Context } from 'hono';
import { partyNames } from '../../../shared/case/party-names.ts';
import { fileSeen, sightOf } from '../../../shared/case/sight.ts';
import { openLink, secretOf } from '../../../shared/case/track.ts';
import type { Actor } from '../../../shared/domain/case-base.ts';
import type { CaseId, PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { instant } from '../../../shared/domain/time.ts';
import { applicantMayAnswer } from '../../../shared/kinds/assignee.ts';
import { type CaseFile, readCases } from '../../../shared/store/cases.ts';
import type { Hub } from '../../../shared/store/hub.ts';
import { readSession, sessionHash } from '../../../shared/store/sessions.ts';
import { sessionCookie } from '../../visitor/session-cookie.ts';
import { partiesIn } from '../../web/history.tsx';
import { languageOf } from '../../web/language.ts';
import { applicantOf } from './acting.ts';

/** What a private link opened, with everything its pages show. */
export interface Opened {
  readonly c: Context;
  readonly hub: Hub;
  readonly language: Language;
  readonly secret: string;
  readonly file: CaseFile;
  /** the question that waits for an answer, whoever is asked */
  readonly task: OpenTask | undefined;
  /** that question, when the applicant is asked */
  readonly mine: OpenTask | undefined;
}

/**
 * Whoever holds the link acts as the applicant. Who is signed in to the console in the same browser is known besides, and
 * named in the trail. Cost: nothing, or one read for who is.
 */
async function signedIn(c: Context, { table }: Hub): Promise<Actor | undefined> {
  const cookie = sessionCookie(c);
  if (!cookie) return undefined;
  const session = await readSession(table, sessionHash(cookie), instant(Date.now()));
  if (!session?.party) return undefined;
  return { type: 'member', member: session.member, party: session.party };
}

/**
 * Opens the link of the request's address.
 * @throws {@link Rejected} `not-found`
 */
export async function openRequest(c: Context, hub: Hub): Promise<Opened> {
  const secret = c.req.param('secret') ?? '';
  const found = await openLink(hub, secret, {
    door: 'site',
    address: c.get('address'),
    member: () => signedIn(c, hub),
  });
  const file = fileSeen(found, sightOf(applicantOf(found.subject), found.subject));
  const task = file.tasks.find((one) => one.status === 'open' && one.stage === file.subject.stage);
  const open = task?.status === 'open' ? task : undefined;
  const mine = open && applicantMayAnswer(open.assignee) ? open : undefined;
  return { c, hub, language: languageOf(c), secret, file, task: open, mine };
}

/** The names of the parties that have or had part in the case, in the reader's language. */
export function partiesOf({ hub, file, task, language }: Opened): Promise<ReadonlyMap<PartyId, string>> {
  const { subject, events } = file;
  const asked = task?.assignee.type === 'party' ? [task.assignee.party] : [];
  const giving = 'donor' in subject && subject.donor ? [subject.donor.party] : [];
  return partyNames(hub.table, [...partiesIn(events), ...asked, ...giving], language);
}

/** Where the linked needs are: the secret of each that continues this one, or that it continues. */
export async function linkedSecrets({ hub, file }: Opened): Promise<ReadonlyMap<CaseId, string>> {
  const { parent, children } = file.subject;
  const cases = await readCases(hub.table, [...(parent ? [parent] : []), ...children]);
  return new Map(await Promise.all(cases.map(async (one) => [one.id, await secretOf(hub, one)] as const)));
}
