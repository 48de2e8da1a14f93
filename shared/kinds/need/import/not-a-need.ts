import { COUNTED_IN } from '../../../domain/read/quantity.ts';
import { foldHeading } from '../../../domain/sheet/find-header.ts';
import { needColumns } from './columns.ts';
import type { RejectedCode } from './plan.ts';

const TOTAL =
  /^(?:本页|以上|全部|各项)?(?:合计|总计|共计|小计|总数|累计|汇总)(?:数量?|件数|[\d只个件套]*)$|^(?:grand|sub)?total(?:s|quantity|\d*)$|^sum$/;
/** Characters of a cell that names a total. */
const LONGEST_TOTAL = 20;
const SIGNATURE =
  /^(?:填[表报写]|制表|审[核批]|复核|校对|经办|经手|签[字名章]|盖章|单位[（(]?(?:盖章|公章|负责人)|负责|联系|汇总|统计|上报|prepared|filled in|completed|approved|checked|reviewed|signed|signature|contact)[^:：]{0,12}[:：]/i;
const DATED = /^(?:日期|填[表报写](?:日期|时间|单位)|制表(?:日期|时间)|统计时间|截至时间|date)[^:：]{0,6}[:：]/i;
const NOTE =
  /^(?:备注|说明|注|附注|附|注意(?:事项)?|填[表报写]说明|填表要求|特别说明|其[他它]说明|温馨提示|提示|notes?|remarks?|n\.?b|please note|instructions?)\s*\d*\s*[:：]|^[※*★]\s*\p{L}/iu;
const EXAMPLE = /^(?:例|例如|样例|示例|举例|范例|填写示例|example|sample|e\.?g\.?)\s*(?:[:：]|\d*$)/i;
/** A hashtag of the Humanitarian Exchange Language: `#adm2+name`. */
const HXL = /^#[a-z][\w]*(?:\s*\+[a-z]\w*)*$/i;
const HINT = /^(?:[([（【].*[)\]）】]|必填|选填|可选|文本|数字|下拉|yyyy.*|required|optional|text|number)$/i;
/** A row with so many characters in its only cell is a sentence. */
const SENTENCE = 25;
/** Characters of a note that are shown. */
const SHOWN = 200;
const MOST = 0.6;
/** A telephone or identity number, not a standard such as GB19083-2010. */
const LONG_NUMBER = /(?<![a-z\d-])\+?\d[\d -]{6,}/i;

const headings = new Set(needColumns.flatMap(({ names }) => names));

export interface NotANeed {
  readonly code: RejectedCode;
  /** The words of a note, as long as no number in it could be a person's. */
  readonly value?: string;
}

function isUnit(cell: string): boolean {
  return COUNTED_IN.test(cell) || HINT.test(cell);
}

/** Whether a row says what the columns are, once more: the headings in another language, hashtags. */
function isHeadings(cells: readonly string[]): boolean {
  const known = cells.filter((cell) => HXL.test(cell) || headings.has(foldHeading(cell)));
  return known.length > 1 && known.length >= MOST * cells.length;
}

function noteOf(text: string): NotANeed {
  const value = text.slice(0, SHOWN);
  return { code: 'note', ...(!LONG_NUMBER.test(text) && { value }) };
}

/**
 * Why a row below the headings asks for nothing by what it is: a total, a note, a signature, headings once more, units, an example.
 * Undefined for a row that is to be read.
 * @param named what stands in the columns of item, organization and place
 */
export function notANeed(
  cells: readonly string[],
  named: Readonly<Record<'item' | 'organization' | 'province' | 'city' | 'district', string>>,
): NotANeed | undefined {
  const filled = cells.filter((cell) => cell !== '');
  const [first = ''] = filled;
  const leading = [first, ...Object.values(named)];
  if (leading.some((cell) => cell.length <= LONGEST_TOTAL && TOTAL.test(foldHeading(cell))))
    return { code: 'total-row' };
  if (isHeadings(filled)) return { code: 'header-again' };
  if (leading.some((cell) => SIGNATURE.test(cell)) || DATED.test(first)) return { code: 'signature' };
  if (NOTE.test(first)) return noteOf(filled.join(' '));
  if (EXAMPLE.test(first)) return { code: 'example-row' };
  if (filled.every(isUnit)) return { code: 'units-row' };
  const alone = filled.length === 1 && named.item === '';
  return alone && (first.length > SENTENCE || /[。；;！]/.test(first)) ? noteOf(first) : undefined;
}
