import { simplified } from '../../domain/same/simplified.ts';
import type { Level, Whereabouts } from './place.ts';

/** A place that a name says. */
export interface NameAnchor {
  readonly level: Level;
  readonly short: string;
  /** 恩施州, and not the city 恩施市 in it; unknown where the name leaves the ending out */
  readonly isState?: boolean | undefined;
}

/** One way in which a body is named, taken apart. */
export interface NameForm {
  readonly script: 'han' | 'latin';
  /** without place, form of law, brackets, article and part; what is written in several ways has one */
  readonly core: string;
  /** the words of the core that few have */
  readonly own: string;
  /** those that many have */
  readonly shared: string;
  /** the place that the name itself says, by its short name */
  readonly anchor?: NameAnchor | undefined;
  /** the place that was given, with what the name says better */
  readonly at: Whereabouts;
  /** numbers in the name: the ninth hospital is not the eighth */
  readonly ordinals: string;
  /** a campus or branch that the name says */
  readonly branch?: string | undefined;
  /** a department that the name says: it is no body */
  readonly department?: string | undefined;
  /** of Latin names: the core's words, in the order of the alphabet */
  readonly words: readonly string[];
  /** why this is not the name as it was typed */
  readonly from: 'name' | 'alias' | 'bracket' | 'acronym' | 'affiliated';
}

/** What nobody sees. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

/** Width, traditional characters and what is unseen make no difference; letters and brackets stay, for whoever reads on. */
export function plainName(written: string): string {
  return Array.from(written.normalize('NFKC').replace(UNSEEN, ''), simplified).join('').trim();
}

const OPEN = '([{【〔「『《〈';
const SHUT = ')]}】〕」』》〉';
const BRACKET = new RegExp(
  `[${OPEN.replace(/[[\]]/g, '\\$&')}]([^${(OPEN + SHUT).replace(/[[\]]/g, '\\$&')}]*)[${SHUT.replace(/[[\]]/g, '\\$&')}]`,
  'gu',
);
/** A bracket that nobody shut, at the end. */
const UNSHUT = new RegExp(`[${OPEN.replace(/[[\]]/g, '\\$&')}]([^${SHUT.replace(/[[\]]/g, '\\$&')}]*)$`, 'u');

/** A name without its brackets, and what stood in them. */
export function takeBrackets(name: string): { readonly bare: string; readonly inside: readonly string[] } {
  const inside: string[] = [];
  const take = (_: string, text: string) => {
    if (text.trim() !== '') inside.push(text.trim());
    return ' ';
  };
  const bare = name.replace(BRACKET, take).replace(UNSHUT, take).replace(/\s+/g, ' ').trim();
  // a name that is nothing else is in its brackets
  const [only = ''] = inside;
  return bare === '' ? { bare: only, inside: inside.slice(1) } : { bare, inside };
}
