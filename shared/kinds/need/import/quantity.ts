import { Quantity } from '../line.ts';

/** Why a quantity cannot be used: its row is reported instead of guessed at. */
export type QuantityProblem =
  | 'quantity-zero'
  | 'quantity-negative'
  | 'quantity-fraction'
  | 'quantity-too-large'
  | 'quantity-unclear'
  | 'not-needed';

export type ReadQuantity =
  | {
      readonly ok: true;
      /** Whole units, or null: needed, amount not given. */
      readonly quantity: number | null;
      /** The unit, when it stood in the same cell. */
      readonly unit?: string;
      /** What was written says something else besides: "about 500", or words that are no amount. */
      readonly notice?: 'quantity-approximate' | 'quantity-in-words';
    }
  | { readonly ok: false; readonly code: QuantityProblem };

/** Characters; what a line of a need takes. */
const LONGEST_UNIT = 20;

const UNKNOWN = { ok: true, quantity: null } as const;
/** What people write for "we need it, and cannot say how much". */
const NO_AMOUNT =
  /^(若干|不限|不限量|大量|少量|适量|急需|急缺|紧缺|紧急|需要|需求|需|缺|缺口大|多多益善|越多越好|尽量多|待定|未定|未知|不详|不明|有|是|无|一批|一些|1\s*批|批|none|null|nan|n\/?a|yes|y|x|unknown|tbd|any|many|much|some|lots?|as many as possible|unlimited|urgent|needed|[?√✓✔/\-—–_*.…]+)$/i;
const NOT_NEEDED =
  /^(不需要?|无需|不缺|充足|足够|已满足|已解决|暂不需要|暂不缺|not needed|no need|enough|sufficient|no)$/i;
const APPROXIMATE_BEFORE =
  /^(大?约|大概|近|至少|不少于|最少|约需|>=?|≥|~|≈|about|approx\.?|around|at least|circa|ca\.?)\s*/i;
const APPROXIMATE_AFTER =
  /^(余|多|\+|左右|上下|以上|起|or more|approx\.?)\s*|\s*(左右|上下|以上|起|or more|approx\.?|\+)$/gi;
const MULTIPLIERS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, k: 1e3, 万: 1e4, w: 1e4, 亿: 1e8 };
const DIGITS = '零一二三四五六七八九';

/** Whole numbers in Chinese words up to the ten thousands ("两千五百", "十万"), or undefined. */
function chineseNumber(words: string): number | undefined {
  let [total, section, digit] = [0, 0, 0];
  for (const word of words.replaceAll('两', '二')) {
    const value = DIGITS.indexOf(word);
    if (value >= 0) digit = value;
    else if (word === '万') [total, section, digit] = [(total + section + digit) * 1e4, 0, 0];
    else if (word === '亿') return undefined;
    else [section, digit] = [section + (digit || 1) * (MULTIPLIERS[word] ?? 1), 0];
  }
  return total + section + digit;
}

interface Amount {
  readonly value: number;
  /** A number and nothing else. */
  readonly bare: boolean;
  readonly rest: string;
}

function amountOf(text: string): Amount | undefined {
  const scientific = /^\d+(?:\.\d+)?e\+?\d{1,2}$/i.exec(text);
  if (scientific) return { value: Number(text), bare: true, rest: '' };
  const digits = /^([+-]?\d+(?:\.\d+)?)\s*((?:[十百千万亿]+|[kw](?![a-z]))?)\s*(.*)$/i.exec(text);
  if (digits) {
    const [, number = '', multiplier = '', rest = ''] = digits;
    let value = Number(number);
    for (const word of multiplier.toLowerCase()) value *= MULTIPLIERS[word] ?? 1;
    // 1.1 × 10,000 is not quite 11,000 in binary.
    return { value: Math.round(value * 1e6) / 1e6, bare: multiplier === '' && rest === '', rest };
  }
  const words = /^([零一二两三四五六七八九十百千万]+)\s*(.*)$/.exec(text);
  const value = words ? chineseNumber(words[1] ?? '') : undefined;
  return words && value !== undefined ? { value, bare: words[2] === '', rest: words[2] ?? '' } : undefined;
}

function problemOf(value: number): QuantityProblem | undefined {
  if (value === 0) return 'quantity-zero';
  if (value < 0) return 'quantity-negative';
  if (!Number.isInteger(value)) return 'quantity-fraction';
  return Quantity.safeParse(value).success ? undefined : 'quantity-too-large';
}

/**
 * Reads the quantity cell of a sheet of needs: "1,500", "５００", "1.5万", "500个", "两百套", "约300".
 *
 * In volunteers' sheets a bare 1 stands for "needed, amount not given", as an empty cell and words like 若干 do: such a
 * need gets `null` and is asked about, where one single mask would be sent otherwise. Somebody who writes a unit in the
 * cell ("1台") means one.
 */
export function readQuantity(cell: string): ReadQuantity {
  const text = cell
    .normalize('NFKC')
    .trim()
    .replace(/(?<=\d)[,' ](?=\d{3}(?!\d))/g, '');
  if (text === '' || NO_AMOUNT.test(text)) return UNKNOWN;
  if (NOT_NEEDED.test(text)) return { ok: false, code: 'not-needed' };
  const start = text.replace(APPROXIMATE_BEFORE, '');
  const amount = amountOf(start);
  if (!amount) {
    return /\d/.test(text) ? { ok: false, code: 'quantity-unclear' } : { ...UNKNOWN, notice: 'quantity-in-words' };
  }
  const after = amount.rest.replace(/^\((.*)\)$/, '$1');
  const unit = after.replace(APPROXIMATE_AFTER, '').trim();
  if (/\d|^[-~至到.,%*×]/.test(unit) || unit.length > LONGEST_UNIT) return { ok: false, code: 'quantity-unclear' };
  const code = problemOf(amount.value);
  if (code) return { ok: false, code };
  if (amount.bare && amount.value === 1 && start === text) return UNKNOWN;
  return {
    ok: true,
    quantity: amount.value,
    ...(unit !== '' && { unit }),
    ...((start !== text || unit !== after) && { notice: 'quantity-approximate' }),
  };
}
