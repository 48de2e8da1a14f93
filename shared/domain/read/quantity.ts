import { foldWritten, readNumber, type WrittenNumber } from './number.ts';

/** Why a quantity cannot be taken as it is written. */
export type QuantityProblem = 'quantity-negative' | 'quantity-fraction' | 'quantity-unclear';

/** What was written says more than one whole number. */
export type QuantityNotice =
  /** about, at least: the number that was written is taken */
  | 'quantity-approximate'
  /** from … to …, 三四百, 十几: the lower one is taken */
  | 'quantity-range'
  /** so many packs of so many pieces: the pieces are counted */
  | 'quantity-packs'
  /** what a pack weighs or holds is taken as specification */
  | 'quantity-contents';

export type QuantityReading =
  /** nothing was written */
  | { readonly is: 'nothing' }
  /** needed, and the writer cannot say how much: 若干; some of these words say that it is urgent */
  | { readonly is: 'unknown'; readonly urgent?: true }
  | { readonly is: 'not-needed' }
  | {
      readonly is: 'amount';
      /** A whole number, zero or more; whether it is in bounds is the schema's to say. */
      readonly quantity: number;
      /** The unit, when it stood beside the number. */
      readonly unit?: string;
      /** What a pack holds, where it is a weight or volume: "25kg/桶". */
      readonly specification?: string;
      /** The number says how urgent it is: "500（急）". */
      readonly urgent?: true;
      /** Nothing stands beside the number. */
      readonly bare?: true;
      readonly notice?: QuantityNotice;
    }
  /** words that are no amount: "见附件" */
  | { readonly is: 'words' }
  | { readonly is: 'problem'; readonly code: QuantityProblem };

/** Characters; what a line of a need takes. */
const LONGEST_UNIT = 20;

/** What people write for "we need it, and cannot say how much". */
const UNKNOWN =
  /^(若干|不限|不限量|大量|少量|适量|急需|急缺|紧缺|紧急|需要|需求|需|缺|缺口大|多多益善|越多越好|尽量多|待定|未定|未知|不详|不明|不清楚|不确定|一批|一些|1 ?批|批|unknown|not known|tbd|any|many|much|some|lots?|as many as possible|unlimited|urgent|needed|\?)$/i;
const NOT_NEEDED =
  /^(无|没有|不需要?|无需|不缺|充足|足够|已满足|已解决|暂不需要|暂不缺|not needed|no need|enough|sufficient|no)$/i;
/** Words before a number that say no more than that it is needed. */
const NEEDED = /^(还?急?需要?|急?缺|还缺|缺口|共需?|总共|need(ed)?) ?[:：]? ?(?=\S*\d|[一二两三四五六七八九十])/i;
const ABOUT_BEFORE =
  /^(大?约|大概|近|至少|不少于|不低于|最少|约需|>=?|≥|~|≈|about|approx\.?|around|at least|min\.?|circa|ca\.?) ?/i;
const ABOUT_AFTER = /^(余|多|\+|左右|上下|以上|起|or more|approx\.?) ?| ?(左右|上下|以上|起|or more|approx\.?|\+)$/gi;
const TO = /^(?:-|~|至|到|to) ?(?=[\d一二两三四五六七八九十])/i;
const URGENT = /^\(?(十万火急|特急|加急|紧急|急需|急|urgent)!?\)?$/i;
const WEIGHT_OR_VOLUME = /^(kg|g|mg|克|千克|公斤|斤|两|吨|t|l|ml|升|毫升|m|cm|mm|米|厘米)$/i;
/** "10箱（2000只/箱）", "10箱×2000只": packs, what one holds, and the pack once more. */
const PACKS =
  /^([^\d()/×*]{1,6}?) ?(?:\( ?(?:每[^\d()]{1,4})?(\d+(?:\.\d+)?) ?([^\d()/]{1,6}?) ?(?:\/ ?([^\d()]{1,6}))?\))$/;
/** After a number in Chinese words only what goods are counted in: 十分紧急 is no ten of anything. */
export const COUNTED_IN =
  /^(个|只|件|套|台|箱|包|盒|瓶|桶|副|双|把|支|张|条|块|袋|筒|卷|升|毫升|斤|公斤|千克|克|吨|米|辆|床|人份|份|组|打|枚|罐|捆|本|面|顶|部|架|根|片|粒|板|具|樘|对|车|批次|名|位|人)$/;

const UNCLEAR = { is: 'problem', code: 'quantity-unclear' } as const;

function packs(value: number, rest: string): QuantityReading | undefined {
  const [, unit, each = '', content = '', again] = PACKS.exec(rest) ?? [];
  if (unit === undefined || (again !== undefined && again !== unit)) return undefined;
  if (WEIGHT_OR_VOLUME.test(content)) {
    const specification = `${each}${content}/${unit}`;
    return { is: 'amount', quantity: value, unit, specification, notice: 'quantity-contents' };
  }
  const pieces = value * Number(each);
  return Number.isInteger(pieces)
    ? { is: 'amount', quantity: pieces, unit: content, notice: 'quantity-packs' }
    : undefined;
}

/** The lower number and the words after the upper one, where `first` begins a range: "2-3台", "1-2万". */
function range(first: WrittenNumber): { value: number; rest: string } | undefined | 'unclear' {
  const [to] = TO.exec(first.rest) ?? [];
  if (to === undefined) return undefined;
  const last = readNumber(first.rest.slice(to.length));
  if (!last) return 'unclear';
  // in 1-2万 both count ten thousands, in 500-1万 the second does
  const shared = first.place === 1 && first.value < last.value / last.place ? last.place : 1;
  const value = first.value * shared;
  return value < last.value ? { value, rest: last.rest } : 'unclear';
}

/**
 * Reads a quantity as people write it in forms and sheets: "1,500", "５００", "1.5万", "500个", "两百套", "约300", "2-3台",
 * "10箱（2000只/箱）", 若干. What can be read in two ways, or holds several amounts, is a problem and never a number.
 */
export function readQuantity(written: string): QuantityReading {
  const text = foldWritten(written);
  if (text === '') return { is: 'nothing' };
  if (UNKNOWN.test(text)) return { is: 'unknown', ...(/急|紧|urgent/i.test(text) && { urgent: true as const }) };
  if (NOT_NEEDED.test(text)) return { is: 'not-needed' };
  const needed = text.replace(NEEDED, '');
  const start = needed.replace(ABOUT_BEFORE, '');
  const number = readNumber(start);
  if (!number) return /\d|^[#=]/.test(text) ? UNCLEAR : { is: 'words' };
  const between = range(number);
  if (between === 'unclear') return UNCLEAR;
  const { value, rest } = between ?? number;
  if (value < 0) return { is: 'problem', code: 'quantity-negative' };
  if (!Number.isInteger(value)) return { is: 'problem', code: 'quantity-fraction' };
  const packed = packs(value, rest);
  if (packed) return packed;
  const [, before = rest, aside = ''] = /^(.*?) ?(\([^()]*\))$/.exec(rest) ?? [];
  const urgent = URGENT.test(aside) || URGENT.test(rest);
  const after = URGENT.test(rest) ? '' : urgent ? before : rest.replace(/^\((.*)\)$/, '$1');
  const unit = after.replace(ABOUT_AFTER, '').trim();
  if (number.inWords && unit !== '' && !COUNTED_IN.test(unit)) return { is: 'words' };
  if (/\d|[/%*×=<>每]|^[-~至到.,]|\bper\b/i.test(unit) || unit.length > LONGEST_UNIT) return UNCLEAR;
  const approximate = start !== needed || unit !== after;
  const notice = between || number.lower ? 'quantity-range' : approximate ? 'quantity-approximate' : undefined;
  return {
    is: 'amount',
    quantity: value,
    ...(unit !== '' && { unit }),
    ...(urgent && { urgent: true as const }),
    ...(unit === '' && !urgent && !notice && text === needed && { bare: true as const }),
    ...(notice && { notice }),
  };
}

export type TypedQuantity =
  /** `null`: needed, amount unknown */
  | { readonly ok: true; readonly quantity: number | null; readonly unit: string }
  | { readonly ok: false; readonly code: 'not-a-quantity' | 'unit-differs' };

/**
 * The quantity that a form's two fields give. A unit beside the number goes to the unit's field; a person at a form can mend what
 * is not one amount, so ranges, packs and words are refused.
 */
export function typedQuantity(written: string, unit: string): TypedQuantity {
  const reading = readQuantity(written);
  if (reading.is === 'nothing' || reading.is === 'unknown') return { ok: true, quantity: null, unit };
  if (reading.is !== 'amount' || reading.urgent || (reading.notice && reading.notice !== 'quantity-approximate'))
    return { ok: false, code: 'not-a-quantity' };
  if (reading.unit && unit.trim() !== '' && foldWritten(unit) !== reading.unit)
    return { ok: false, code: 'unit-differs' };
  return { ok: true, quantity: reading.quantity, unit: unit.trim() === '' ? (reading.unit ?? '') : unit };
}

/**
 * A whole number that a form asks for: how many arrived, a score, days. Undefined for anything else, words included.
 * @param unit that may stand beside the number; any may where the line has none (`''`)
 */
export function typedCount(written: string, unit?: string): number | undefined {
  const reading = readQuantity(written);
  if (reading.is !== 'amount' || reading.notice || reading.urgent) return undefined;
  const fits = reading.unit === undefined || unit === '' || reading.unit === unit;
  return fits ? reading.quantity : undefined;
}
