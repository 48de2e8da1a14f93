import { assertByWorkflow } from '../../shared/answering/write-by-workflow.ts';
import type { MailCause } from '../../shared/case/limits.ts';
import { secretOf } from '../../shared/case/track.ts';
import type { MemberId } from '../../shared/domain/ids.ts';
import { isOpen } from '../../shared/domain/invitation.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Letter } from '../../shared/domain/letter.ts';
import type { MailAbout } from '../../shared/domain/mail.ts';
import { Party } from '../../shared/domain/party.ts';
import { allowedIn } from '../../shared/domain/permissions.ts';
import { Referral } from '../../shared/domain/referral/referral.ts';
import { instant } from '../../shared/domain/time.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { hubContactText } from '../../shared/i18n/hub-contact.ts';
import { fill, momentText } from '../../shared/i18n/lookup.ts';
import { nameIn } from '../../shared/i18n/names.ts';
import { Case } from '../../shared/kinds/case.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { letterSecret } from '../../shared/secrets/letter-link.ts';
import { mailAddressHash } from '../../shared/secrets/lookup-hash.ts';
import { readAddress } from '../../shared/store/addresses.ts';
import { readCase } from '../../shared/store/cases.ts';
import { readInvitation } from '../../shared/store/invitations.ts';
import { listMembers, readParty } from '../../shared/store/parties.ts';
import { readReferral } from '../../shared/store/referrals.ts';
import { laidOut } from './laid-out.ts';
import { letterText } from './letter-texts.ts';
import { nameOf } from './name-of.ts';
import { type Notifier, sendOnce, type Written as WrittenMail } from './send-once.ts';
import { type SubjectLine, subjectLine } from './subject-line.ts';
import { unlinked } from './unlinked.ts';

interface Written extends WrittenMail {
  /** the member, where a letter is for several: what is remembered names nobody's address */
  readonly who?: MemberId;
}

interface Content {
  readonly cause: MailCause;
  readonly to: string;
  readonly language: Language;
  readonly subject: SubjectLine;
  readonly texts: { readonly body: string; readonly open: string };
  readonly params: Readonly<Record<string, string>>;
  readonly link: string;
  /** whom an applicant can ask */
  readonly hub?: Party | undefined;
}

function written({ cause, to, language, subject, texts, params, link, hub }: Content): Written {
  const { hello, footer } = letterText[language];
  const contact = hubContactText(language, hub);
  const paragraphs = [hello, fill(texts.body, params), ...(contact ? [contact] : [])];
  return {
    cause,
    to,
    subject,
    ...laidOut(language, { paragraphs, link, open: texts.open, footer }),
  };
}

type LetterOf<T extends Letter['type']> = Extract<Letter, { type: T }>;

async function invitationMail(notifier: Notifier, letter: LetterOf<'invitation'>): Promise<Written | undefined> {
  const { table, publicUrl, macKeyId } = notifier;
  const invitation = await readInvitation(table, letter.party, letter.invitation);
  const party = await readParty(table, letter.party);
  // it was cancelled, accepted or sent anew before this letter was written
  if (!invitation || !party || !isOpen(invitation, instant(Date.now()))) return undefined;
  if (invitation.version !== letter.version) return undefined;
  const { language, roles } = invitation;
  const secret = letterSecret(await deriveKey(macKeyId, 'letter'), 'invitation', invitation);
  const names = roles.map((role) => domainText[language].roles[role]);
  const texts = letterText[language].invitation;
  const name = nameIn(language, party);
  return written({
    cause: { type: 'letter' },
    to: invitation.email,
    language,
    subject: subjectLine(texts.subject, Party, party),
    texts,
    params: {
      party: unlinked(name),
      roles: names.join(language === 'zh' ? '、' : ', '),
      until: momentText(invitation.endsAt),
    },
    link: `${publicUrl}/console/invitations/${secret}?lang=${language}`,
  });
}

async function addressMail(notifier: Notifier, letter: LetterOf<'confirm-address'>): Promise<Written | undefined> {
  const { table, publicUrl, macKeyId } = notifier;
  const address = await readAddress(table, letter.party, letter.address);
  const party = await readParty(table, letter.party);
  if (!address || !party || address.confirmedAt || address.version !== letter.version) return undefined;
  // it has waited until its link was void: they can ask for another
  if (address.endsAt <= instant(Date.now())) return undefined;
  const { language, version } = address;
  const named = { party: party.id, id: address.hash, version };
  const secret = letterSecret(await deriveKey(macKeyId, 'letter'), 'address', named);
  const texts = letterText[language].address;
  return written({
    cause: { type: letter.by === undefined ? 'registration' : 'letter' },
    to: address.email,
    language,
    subject: subjectLine(texts.subject, Party, party),
    texts,
    params: { party: unlinked(party.name), until: momentText(address.endsAt) },
    link: `${publicUrl}/console/addresses/${secret}?lang=${language}`,
  });
}

/** What a mail is known by: a letter to one, or to each of several. */
function mailName({ id }: Letter, who: string | undefined): string {
  return nameOf('letter', id, ...(who === undefined ? [] : [who]));
}

async function linkMail(notifier: Notifier, letter: LetterOf<'link-again'>): Promise<Written | undefined> {
  const { table, publicUrl, macKeyId } = notifier;
  const { caseId, language } = letter;
  const subject = await readCase(table, caseId);
  const email = subject?.contact?.email;
  if (!subject || email === undefined) return undefined;
  if (mailAddressHash(await deriveKey(macKeyId, 'lookup'), email) !== letter.address) return undefined;
  const texts = letterText[language].again;
  return written({
    cause: letter.by === undefined ? { type: 'link', caseId } : { type: 'letter' },
    to: email,
    language,
    subject: subjectLine(texts.subject, Case, subject),
    texts,
    params: { id: caseId },
    link: `${publicUrl}/track/${await secretOf(notifier, subject)}?lang=${language}`,
    hub: await readParty(table, subject.hub),
  });
}

/** Whether it still stands as the letter says: a referral that was answered or withdrawn meanwhile is not announced. */
const stillSo = { offered: ['offered'], withdrawn: ['withdrawn'] } as const;

/** To everybody of the asked party who may answer; the link leads to the console, where they sign in. */
async function referralMails(notifier: Notifier, letter: LetterOf<'referral'>): Promise<Written[]> {
  const { table, publicUrl } = notifier;
  const referral = await readReferral(table, letter.referral);
  if (!referral || !stillSo[letter.on].some((stage) => stage === referral.stage)) return [];
  const from = await readParty(table, referral.from);
  const members = (await listMembers(table, letter.party)).filter(({ roles }) =>
    roles.some((role) => allowedIn('answer-referral', role).length > 0),
  );
  // colleagues with one address between them have one mail
  return [...new Map(members.map((one) => [one.email.toLowerCase(), one])).values()].map(({ id, email, language }) => ({
    ...written({
      cause: { type: 'referral' },
      to: email,
      language,
      // a referral's own schema: whatever of it were personal could not stand in a subject
      subject: subjectLine(letterText[language].referral[letter.on].subject, Referral, referral),
      texts: letterText[language].referral[letter.on],
      params: { id: referral.id, from: from ? unlinked(nameIn(language, from)) : referral.from },
      link: `${publicUrl}/console/referrals/${referral.id}`,
    }),
    who: id,
  }));
}

async function mailsFor(notifier: Notifier, letter: Letter): Promise<readonly (Written | undefined)[]> {
  switch (letter.type) {
    case 'invitation':
      return [await invitationMail(notifier, letter)];
    case 'confirm-address':
      return [await addressMail(notifier, letter)];
    case 'link-again':
      return [await linkMail(notifier, letter)];
    case 'referral':
      return referralMails(notifier, letter);
    case 'mails-again':
    case 'tell-again':
      return [];
  }
}

/** Writes a letter that waits anew, for who it is to; undefined where it was overtaken. Cost: as {@link sendLetter}. */
export async function rewrittenLetter(notifier: Notifier, { letter, who }: Extract<MailAbout, { type: 'letter' }>) {
  const mail = (await mailsFor(notifier, letter)).find((one) => one && one.who === who);
  return mail && (async () => mail);
}

/**
 * Writes a letter and mails it, once to each whom it is for: what it is about is looked up here, behind the stream, so that
 * the door that posted it tells nothing. A letter that has been overtaken, or asks for what does not belong together, comes to nothing. Cost:
 * three to five reads, a transaction of one item, and what counting it costs.
 * @throws what the mail server said, when the mail is to be tried again
 */
export async function sendLetter(notifier: Notifier, letter: Letter): Promise<void> {
  assertByWorkflow('tell-by-mail');
  for (const mail of await mailsFor(notifier, letter)) {
    if (!mail) continue;
    const name = mailName(letter, mail.who);
    const { who } = mail;
    const about = { type: 'letter', letter, ...(who && { who }) } as const;
    await sendOnce(notifier, { name, at: letter.at, mail: about }, async () => mail);
  }
}
