import { fold } from '../../domain/same/fold.ts';

/** Words of English names of organizations, folded: letters that look alike are one there already. */
function folded(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(fold));
}

/** Words that are left out: articles, what joins, and forms of law. */
const SILENT = folded(
  'the a an and of for in at to on by with from und de la le les des du der die das et y ltd limited plc llp llc inc incorporated corp corporation co company cic cio scio gmbh ggmbh eingetragener verein unincorporated pvt pty bv asbl sarl city municipal municipality province provincial',
);

/** Forms of law and remarks of several words, before they are taken apart. */
export const PHRASES: readonly (readonly [written: RegExp, instead: string])[] = [
  [
    /\b(?:community interest (?:company|co)|charitable incorporated organi[sz]ation|scottish charitable incorporated organi[sz]ation)\b/g,
    ' ',
  ],
  [/\b(?:a )?(?:company )?limited by guarantee\b/g, ' '],
  [/\b(?:a )?(?:uk )?registered (?:charity|society|company)\b(?: (?:no|number|nr)\b)?[\s.:#]*\d*/g, ' '],
  [/\b(?:charity|company|reg(?:istration|istered)?) (?:no|number|nr)\b[\s.:#]*[a-z]{0,2}\d+/g, ' '],
  [/\be\.\s?v\.?(?=\s|$)/g, ' '],
  [/\bc\.?\s?i\.?\s?c\.?(?=\s|$)/g, ' '],
  [/\bc\.?\s?i\.?\s?o\.?(?=\s|$)/g, ' '],
  [/\bunited kingdom\b/g, 'uk'],
  [/\bgreat britain\b/g, 'gb'],
  [/\bunited states(?: of america)?\b|\bu\.?s\.?a\b/g, 'usa'],
  [/\bpeople'?s republic of china\b|\bp\.?\s?r\.?\s?c\b/g, 'china'],
  [/\bcent(?:er|re)s? for disease (?:control(?: and prevention)?|prevention and control)\b/g, 'cdc'],
  [/\btraditional chinese medicine\b/g, 'tcm'],
  [
    /\bmaternal and child(?: health(?: care)?)?\b|\bmaternity and child(?: health(?: care)?)?\b|\bwomen and child(?:ren)?\b/g,
    'mch',
  ],
  [/\bparents?'? (?:and )?teachers?'? association\b/g, 'pta'],
  [/\bcitizens'? advice bureau\b/g, 'citizens advice'],
];

/** One way for words that are written in several; beside these a word loses the s of its plural. */
const WAYS: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'saint',
  assoc: 'association',
  assn: 'association',
  asso: 'association',
  intl: 'international',
  int: 'international',
  natl: 'national',
  nat: 'national',
  univ: 'university',
  uni: 'university',
  hosp: 'hospital',
  soc: 'society',
  fdn: 'foundation',
  fdtn: 'foundation',
  fndn: 'foundation',
  found: 'foundation',
  centre: 'center',
  ctr: 'center',
  cntr: 'center',
  organisation: 'organization',
  org: 'organization',
  dept: 'department',
  govt: 'government',
  gov: 'government',
  cttee: 'committee',
  comm: 'community',
  cmty: 'community',
  svc: 'service',
  serv: 'service',
  grp: 'group',
  gp: 'group',
  mt: 'mount',
  sch: 'school',
  sec: 'secondary',
  pri: 'primary',
  prim: 'primary',
  vol: 'voluntary',
  programme: 'program',
  yth: 'youth',
  utd: 'united',
  bros: 'brother',
  charities: 'charity',
  children: 'child',
  women: 'woman',
  men: 'man',
  people: 'people',
  peoples: 'people',
  district: 'district',
  theatre: 'theater',
  neighbourhood: 'neighborhood',
  defence: 'defense',
};
const NUMBERS = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const ROMAN = ['', '', 'ii', 'iii', 'iv', '', 'vi', 'vii', 'viii', 'ix'];

/** A number in a name, in one way: 9 for ninth, 9th and IX. */
function numberOf(word: string): string | undefined {
  const [, digits] = /^0*(\d+)(?:st|nd|rd|th)?$/.exec(word) ?? [];
  if (digits !== undefined) return digits;
  const at = Math.max(NUMBERS.indexOf(word), ROMAN.lastIndexOf(word));
  return at > 0 ? String(at) : undefined;
}

/** A word in one way, folded; a number begins with #. Undefined for one that says nothing. */
export function oneWord(word: string): string | undefined {
  if (word === '') return undefined;
  const number = numberOf(word);
  if (number !== undefined) return `#${number}`;
  if (SILENT.has(fold(word))) return undefined;
  const way = Object.hasOwn(WAYS, word) ? WAYS[word] : undefined;
  const american = (way ?? word)
    .replace(/isation(s?)$/, 'ization$1')
    .replace(/our(s?)$/, (whole) => (word.length > 5 ? whole.replace('our', 'or') : whole));
  const single =
    american.length >= 6 && american.endsWith('ies')
      ? `${american.slice(0, -3)}y`
      : american.length >= 4 && /[^suiae]s$|[aeo]s$/.test(american) && !/ss$|ous$/.test(american)
        ? american.slice(0, -1)
        : american;
  const again = Object.hasOwn(WAYS, single) ? (WAYS[single] ?? single) : single;
  return fold(again) || undefined;
}

/** Words that many names have. */
export const GENERIC = new Set(
  (
    'hospital clinic center association society foundation trust charity charitable fund group club council committee community ' +
    'school primary secondary junior infant nursery academy college university church parish village hall scout guide brownie cub youth young child woman man family parent pta ' +
    'red cross people central general county district national international regional local rural urban public private voluntary volunteer ' +
    'health healthcare care medical medicine tcm mch cdc service support relief aid welfare rescue development education project program initiative network union federation alliance partnership forum ' +
    'organization institute institution department government office bureau team company enterprise social home house saint uk gb usa china department no number new old'
  )
    .split(' ')
    .map((word) => oneWord(word) ?? ''),
);

const WEAK = new Set(
  'charity charitable trust foundation organization group fund uk gb international association society project service registered china county district center company team'
    .split(' ')
    .map((word) => oneWord(word) ?? ''),
);

/** Whether a name may have this word more than another of the same body: a person looks. */
export function isWeak(word: string): boolean {
  return WEAK.has(word);
}

/** Words that say that a name is a part of a body. */
export const PART = new Set(
  'branch chapter campus division region regional area section office'.split(' ').map((word) => oneWord(word) ?? ''),
);
