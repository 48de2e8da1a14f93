import { createHash } from 'node:crypto';
import { type ActingMember, actorOf } from '../answering/acting.ts';
import { type TraceChannel, toldNow } from '../audit/record.ts';
import type { PersonKnownBy } from '../case/person-index.ts';
import { type Language, languages } from '../domain/language.ts';
import { type Instant, instant } from '../domain/time.ts';
import { fill, momentText } from '../i18n/lookup.ts';
import { personProofText } from '../i18n/person-proof.ts';
import type { Hub } from '../store/hub.ts';
import { keys } from '../store/keys.ts';
import { get } from '../store/table.ts';
import { type Entered, fromTraceItem, traceHash, transactTraced } from '../store/traces.ts';
import type { HeldElsewhere, KeptReason } from './person-elsewhere.ts';
import type { Erased, KeptAboutPerson } from './person-request.ts';

type Why = KeptReason | 'goes-on' | 'not-chosen';
type What = 'case' | HeldElsewhere['type'];

/** One place where something was found: what became of it, in ids and codes. */
interface Line {
  readonly what: What;
  /** the number of a case, or whose it is */
  readonly name: string;
  readonly became: 'shown' | 'erased' | 'erased-before' | Why;
  /** the entry of a case's history that says that it was erased */
  readonly version?: number | undefined;
}

/** What was done for a person. */
export type Done =
  | { readonly on: 'seen'; readonly held: KeptAboutPerson }
  | { readonly on: 'erased'; readonly erased: Erased };

function linesOf(done: Done): Line[] {
  if (done.on === 'seen') {
    const { cases, elsewhere } = done.held;
    return [
      ...cases.map(({ subject }): Line => ({ what: 'case', name: subject.id, became: 'shown' })),
      ...elsewhere.map(({ type, party }): Line => ({ what: type, name: party, became: 'shown' })),
    ];
  }
  const { cases, elsewhere } = done.erased;
  return [
    ...cases.map(
      ({ caseId, kept, version, isNew }): Line => ({
        what: 'case',
        name: caseId,
        became: kept ?? (isNew ? 'erased' : 'erased-before'),
        version,
      }),
    ),
    ...elsewhere.map(
      ({ held, isErased }): Line => ({
        what: held.type,
        name: held.party,
        became: isErased ? 'erased' : (held.kept ?? 'not-chosen'),
      }),
    ),
  ];
}

function lineText(language: Language, { what, name, became, version }: Line): string {
  const text = personProofText[language];
  const whose = what === 'case' ? `${text.types.case} ${name}` : fill(text.of, { party: name, type: text.types[what] });
  const said = (): string => {
    if (became === 'shown') return text.shown;
    if (became === 'erased-before') return text.erasedBefore;
    if (became !== 'erased') return fill(text.kept, { why: text.why[became] });
    return version === undefined ? text.erased : fill(text.erasedCase, { version });
  };
  return `- ${whose}: ${said()}`;
}

interface Facts {
  readonly on: Done['on'];
  readonly lines: readonly Line[];
  readonly at: Instant;
  readonly acting: ActingMember;
  readonly kinds: readonly (keyof PersonKnownBy)[];
  readonly asked: Entered;
}

function inOne(language: Language, { on, lines, at, acting, kinds, asked }: Facts): string[] {
  const text = personProofText[language];
  const count = (wanted: (line: Line) => boolean): number => lines.filter(wanted).length;
  const isErased = ({ became }: Line) => became === 'erased';
  const kept = count(({ became }) => became in text.why);
  const types = [...new Set(lines.map(({ what }) => what))];
  return [
    text.title,
    text.on[on],
    fill(text.when, { at: momentText(at), utc: at }),
    fill(text.by, { member: acting.member.id, party: acting.member.party }),
    fill(text.knownBy, { kinds: kinds.map((kind) => text.kinds[kind]).join(language === 'zh' ? '、' : ', ') }),
    text.searched,
    fill(text.asked, { chain: `trace/${asked.chain}`, seq: asked.seq, hash: asked.hash }),
    lines.length === 0
      ? text.nothing
      : fill(text.found, { count: lines.length, erased: count(isErased), kept: on === 'seen' ? lines.length : kept }),
    ...types.map((what) => {
      const of = lines.filter((line) => line.what === what);
      return fill(text.counted, { type: text.types[what], found: of.length, erased: of.filter(isErased).length });
    }),
    ...lines.map((line) => lineText(language, line)),
    text.stays,
    text.check,
  ];
}

/** What the last lines of a proof look like; everything before them is what the SHA-256 is of. */
const FOOTER = /^SHA-256: ([0-9a-f]{64})\nTrace: trace\/(\S{1,200}) (\d{1,9}) ([\w-]{43})\n?$/;
const RULE = '----\n';

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * A document about what was done, in both languages, for the person to keep: ids, counts and codes, nothing that the person
 * is known by. Its SHA-256 is entered in the chain of traces, and where, is its last line. Cost: one read and a transaction of
 * two items.
 */
export async function makeProof(
  hub: Hub,
  done: Done,
  by: PersonKnownBy,
  acting: ActingMember,
  door: TraceChannel,
): Promise<string> {
  const kinds = (['phone', 'mail', 'identity'] as const).filter((kind) => by[kind] !== undefined && by[kind] !== '');
  const asked = done.on === 'seen' ? done.held.entered : done.erased.entered;
  const facts = { on: done.on, lines: linesOf(done), at: instant(Date.now()), acting, kinds, asked };
  const text = `${languages.map((language) => inOne(language, facts).join('\n')).join('\n\n')}\n`;
  const document = sha256(text);
  const told = toldNow({ type: 'proof-given', by: actorOf(acting), door, document });
  const { chain, seq, hash } = await transactTraced(hub.table, [], told);
  return `${text}${RULE}SHA-256: ${document}\nTrace: trace/${chain} ${seq} ${hash}\n`;
}

/**
 * What is to be said of a document that somebody holds: `genuine` when the chain of traces has it; `altered` when its text is
 * not what its SHA-256 is of; `unknown` when no entry of the chain has it, or that entry was altered; `none` when it is no proof.
 */
export type ProofVerdict = 'genuine' | 'altered' | 'unknown' | 'none';

/** A proof takes up some thousand characters; one about hundreds of cases more. */
export const LONGEST_PROOF = 200_000;

/**
 * Holds a proof against the chain of traces; how it was sent in between (line ends, spaces around) does not matter. Whether
 * the chain itself is whole, `npm run audit:verify` finds out. Cost: one read.
 */
export async function checkProof(
  { table }: Pick<Hub, 'table'>,
  proof: string,
): Promise<{ readonly verdict: ProofVerdict; readonly text: string }> {
  const text = `${proof
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .trim()}\n`;
  const at = text.lastIndexOf(RULE);
  const [, document, chain, seq, hash] = FOOTER.exec(at < 0 ? '' : text.slice(at + RULE.length)) ?? [];
  if (document === undefined || chain === undefined) return { verdict: 'none', text };
  if (sha256(text.slice(0, at)) !== document) return { verdict: 'altered', text };
  const item = await get(table, keys.trace(chain, Number(seq)));
  const entry = item && item.entity === 'trace' ? fromTraceItem(item) : undefined;
  const isSame =
    entry?.trace.type === 'proof-given' &&
    entry.trace.document === document &&
    entry.link.hash === hash &&
    traceHash(entry.link.previous, entry.trace, entry.link.reason) === hash;
  return { verdict: isSame ? 'genuine' : 'unknown', text };
}
