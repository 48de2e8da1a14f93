import { type Compared, compareForms, isAcronymOf, type Reason, type Verdict } from './compare-names.ts';
import type { Likeness } from './likeness.ts';
import { contradiction } from './place.ts';

/** What two bodies are to each other, and why. */
export interface Match {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

const RANK = { different: 0, possible: 1, probable: 2 } as const;

function meets(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.includes(one));
}

/** One number with its area and without: the shorter has at least seven digits. */
function telephonesMeet(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.some((other) => one.endsWith(other) || other.endsWith(one)));
}

function best(all: readonly Compared[]): Compared {
  return all.reduce<Compared>(
    (top, one) =>
      RANK[one.verdict] > RANK[top.verdict] || (top.reasons.length === 0 && RANK[one.verdict] === RANK[top.verdict])
        ? one
        : top,
    {
      verdict: 'different',
      reasons: [],
    },
  );
}

function names(a: Likeness, b: Likeness): Compared {
  const found = best(a.forms.flatMap((one) => b.forms.map((other) => compareForms(one, other))));
  if (found.verdict !== 'different' || contradiction(a.at, b.at)) return found;
  const isShort =
    a.forms.some((form) => isAcronymOf(form, b.initials)) || b.forms.some((form) => isAcronymOf(form, a.initials));
  return isShort ? { verdict: 'possible', reasons: ['acronym'] } : found;
}

function contacts(a: Likeness, b: Likeness): Reason[] {
  return [
    ...(telephonesMeet(a.telephones, b.telephones) ? (['telephone'] as const) : []),
    ...(meets(a.mails, b.mails) ? (['mail'] as const) : []),
    ...(meets(a.addresses, b.addresses) ? (['address'] as const) : []),
  ];
}

/** Whether both have numbers in one register, and none in common. */
function numbersDiffer(a: Likeness, b: Likeness): boolean {
  const schemes = (one: Likeness) => one.numbers.map((number) => number.slice(0, number.indexOf('#')));
  return meets(schemes(a), schemes(b));
}

/**
 * Whether two descriptions are of one body. `same`: one number. `probable`: one name but for form of law, article, "&", an
 * acronym in brackets or the place before it. `possible`: a near name, a branch, one telephone, mail or address. What contradicts
 * keeps two bodies two: districts, cities, numbers in the name, numbers in one register.
 */
export function matchOrganizations(a: Likeness, b: Likeness): Match {
  const name = names(a, b);
  if (meets(a.numbers, b.numbers)) {
    return {
      verdict: 'same',
      reasons: ['number', ...(name.verdict === 'different' ? (['name-differs'] as const) : name.reasons)],
    };
  }
  const isOther = contradiction(a.at, b.at) !== undefined && name.verdict === 'different';
  const tells =
    name.reasons.includes('other-place') || name.reasons.includes('other-ordinal') || name.reasons.includes('branch');
  const reached = contacts(a, b);
  if (numbersDiffer(a, b)) {
    // a body that was registered anew has another number, and its name
    return name.verdict === 'probable' && !name.reasons.includes('place-unknown')
      ? { verdict: 'possible', reasons: [...name.reasons, 'other-number'] }
      : { verdict: 'different', reasons: ['other-number'] };
  }
  if (name.verdict !== 'different') return { verdict: name.verdict, reasons: [...name.reasons, ...reached] };
  if (reached.length === 0 || isOther || tells)
    return { verdict: 'different', reasons: isOther ? ['other-place'] : name.reasons };
  return { verdict: 'possible', reasons: reached };
}
