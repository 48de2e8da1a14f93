import type { Actor } from '../domain/case-base.ts';
import type { Language } from '../domain/language.ts';
import { auditText } from '../i18n/audit.ts';
import { outcomeText, stageText } from '../i18n/kind-text.ts';
import { actingName, colon, momentText, textOf } from '../i18n/lookup.ts';
import type { AuditEntry } from './audit.ts';

/** What an entry says happened, in the reader's language. */
export function auditWhat(language: Language, { what, whom }: AuditEntry): string {
  const text = auditText[language];
  if (what.type === 'stage-changed')
    return `${outcomeText(language, what.kind, what.on)} – ${stageText(language, what.kind, what.stage)}`;
  const type = textOf(text.types, what.type);
  const name = `${type}${colon(language)}`;
  if (what.type === 'viewed') return `${name}${what.shown.map((group) => text.shown[group]).join(text.list)}`;
  if (what.type === 'exported') return `${name}${text.exports[what.what]} (${what.entries})`;
  if (what.type === 'party-switched')
    return `${name}${what.before} → ${what.by.type === 'member' ? what.by.party : ''}`;
  if (what.type === 'organization-record')
    return `${name}${[what.organization, text.record[what.on], what.about].filter(Boolean).join(' ')}`;
  if (what.type === 'referral') return `${name}${what.referral} ${text.referral[what.on]}`;
  if ('roles' in what)
    return `${name}${[whom ?? ('member' in what ? what.member : ''), ...what.roles].filter(Boolean).join(' ')}`;
  if ('standIn' in what) return `${name}${[whom ?? what.standIn, what.from, what.to].filter(Boolean).join(' ')}`;
  return type;
}

/** Who did it: the person's id and the party, or the applicant or the workflow. */
export function auditWho(language: Language, by: Actor): string {
  return by.type === 'member' ? by.member : auditText[language].actors[by.type];
}

/** The rows of the audit as a file, a heading first. Hashes make it possible to hold it against the table later. */
export function auditRows(language: Language, entries: readonly AuditEntry[]): string[][] {
  const text = auditText[language];
  return [
    [...text.headings],
    ...entries.map((entry) => {
      const { at, by, caseId, chain, seq, what, name, inPlaceOf, reason, hash, bound } = entry;
      const member = by.type === 'member' ? by : undefined;
      return [
        momentText(at),
        at,
        caseId ?? '',
        auditWhat(language, entry),
        auditWho(language, by),
        name === undefined ? '' : actingName(language, name, inPlaceOf),
        member?.party ?? '',
        member?.standInFor ?? '',
        'door' in what ? text.doors[what.door] : '',
        reason ?? '',
        chain,
        String(seq),
        String(bound.previous),
        hash,
      ];
    }),
  ];
}

/** The audit as a document that can be verified without this system. */
export function auditDocument(entries: readonly AuditEntry[]) {
  return {
    format: 'jieli audit 1',
    verify:
      'hash = base64url(SHA-256("jieli " + purpose + " 1\\n" + canonical JSON of bound)); bound.previous is the hash of the entry before in the same chain. Canonical JSON: names sorted, no spaces, nothing undefined.',
    entries: entries.map(({ chain, seq, at, purpose, bound, hash, name, inPlaceOf, whom, reason }) => ({
      chain,
      seq,
      at,
      purpose,
      bound,
      hash,
      ...(name !== undefined && { name }),
      ...(inPlaceOf !== undefined && { inPlaceOf }),
      ...(whom !== undefined && { whom }),
      ...(reason !== undefined && { reason }),
    })),
  };
}
