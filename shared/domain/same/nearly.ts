import { fold } from './fold.ts';

/** What an organization's name may have at its end and mean the same: forms of law, in Chinese and English. */
const FORMS = [
  '股份有限公司',
  '有限责任公司',
  '有限公司',
  '公司',
  '集团',
  '总会',
  'limited',
  'ltd',
  'inc',
  'llc',
  'co',
  'gmbh',
  'e.V.',
];
const forms = FORMS.map(fold);

/** Letters that look like others when they stand together, in names as {@link fold} leaves them. */
const together = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
] as const;

/** The least length at which one other Latin letter is a slip, and not another name. */
const A_SLIP = 6;

function withoutForm(folded: string): string {
  const form = forms.find((one) => folded.length > one.length + 1 && folded.endsWith(one));
  return form === undefined ? folded : folded.slice(0, -form.length);
}

function asSeen(folded: string): string {
  return together.reduce((text, [letters, other]) => text.replace(letters, other), withoutForm(folded));
}

/** Whether one Latin letter was put in, left out or taken for another. Numbers and ideographs make other names. */
function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < A_SLIP || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = long.slice(at + 1);
  const isSame = long.length === short.length ? rest === short.slice(at + 1) : rest === short.slice(at);
  const other = [long[at] ?? '', long.length === short.length ? (short[at] ?? '') : 'a'];
  return isSame && other.every((letter) => /^\p{Script=Latin}$/u.test(letter));
}

/**
 * Whether two names are not the same and nearly so: but for the form of law, for letters that look like others together (rn
 * and m), or for one Latin letter. A person looks: such names bar nobody by themselves.
 */
export function isNearlySame(a: string, b: string): boolean {
  const [one, other] = [fold(a), fold(b)];
  if (one === other || one === '' || other === '') return false;
  return asSeen(one) === asSeen(other) || isSlip(one, other);
}
