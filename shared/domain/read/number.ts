/** A number as somebody wrote it, and the words after it. */
export interface WrittenNumber {
  readonly value: number;
  /** What one of the number's units counts: 10,000 in "1.5万", else 1. */
  readonly place: number;
  /** What stands after the number, without space around it; `''` for a number alone. */
  readonly rest: string;
  /** The number was written in Chinese words. */
  readonly inWords?: true;
  /** The words name two numbers ("三四百", "十几"): `value` is the lower one. */
  readonly lower?: true;
}

const PLACES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8, k: 1e3, w: 1e4 };
const DIGITS = '零一二三四五六七八九';
/** How banks and older texts write the same digits. */
const OTHER_DIGITS: Readonly<Record<string, string>> = {
  〇: '零',
  两: '二',
  兩: '二',
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
  萬: '万',
  億: '亿',
};
const WORDS = /^[〇零一二两兩三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億]+几?/;

/** The text with one width of its characters, one kind of space and one kind of dash. */
export function foldWritten(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Takes out what stands between thousands. A comma is one before exactly three digits alone, so that "3000,50" and "1,5"
 * keep theirs and are refused. A space is one where only zeros follow, since "500 600" may be two numbers.
 */
function withoutSeparators(text: string): string {
  return text
    .replace(/(?<![\d.,'’])[1-9]\d{0,2}(?:[,'’]\d{3})+(?![\d,'’])/g, (group) => group.replace(/[,'’]/g, ''))
    .replace(/(?<![\d.,] ?)[1-9]\d{0,2}(?: 000)+(?! ?[\d,])/g, (group) => group.replaceAll(' ', ''));
}

/** "两千五百", "十万", "一千二" (1,200), "三四百" (300 or 400), "二〇〇"; undefined for words that are no number. */
function numberInWords(words: string): Pick<WrittenNumber, 'value' | 'lower'> | undefined {
  if (words === '零' || words === '〇') return { value: 0 };
  const several = words.endsWith('几');
  const plain = [...words.replace('几', '')].map((word) => OTHER_DIGITS[word] ?? word).join('');
  // a number digit by digit: 二〇〇
  if (/^[一二三四五六七八九][零一二三四五六七八九]+$/.test(plain) && plain.includes('零'))
    return { value: Number([...plain].map((word) => DIGITS.indexOf(word)).join('')) };
  // 三四百, 五六: the lower of two neighbours
  const lower = plain.replace(/([一二三四五六七八])([二三四五六七八九])/, (pair, first: string, second: string) =>
    DIGITS.indexOf(second) === DIGITS.indexOf(first) + 1 ? first : pair,
  );
  if (/[一二三四五六七八九]{2}/.test(lower) || /^[百千万亿]|十[百千]|零$/.test(lower) || /亿/.test(lower))
    return undefined;
  let [total, section, digit, place] = [0, 0, 0, 10];
  for (const word of lower) {
    const value = DIGITS.indexOf(word);
    if (value === 0) place = 10;
    else if (value > 0) digit = value;
    else if (word === '万') [total, section, digit, place] = [(total + section + digit) * 1e4, 0, 0, 1e4];
    else [section, digit, place] = [section + (digit || 1) * (PLACES[word] ?? 1), 0, PLACES[word] ?? 10];
  }
  // a last digit without its place counts for the next lower one: 一千二 is 1,200
  const value = total + section + digit * (total + section > 0 ? place / 10 : 1);
  return { value, ...((several || lower !== plain) && { lower: true as const }) };
}

/**
 * The number with which a text begins, as people write it: "1,000", "１０００", "500.0", "1.5万", "3k", "两百", "1E+5". It may
 * have a sign. Undefined when the text does not begin with one number that can be read in one way only.
 * @param text as {@link foldWritten} leaves it
 */
export function readNumber(text: string): WrittenNumber | undefined {
  if (/^\d+(?:\.\d+)?e\+?\d{1,2}$/i.test(text)) return { value: Number(text), place: 1, rest: '' };
  const digits = /^([+-]?\d+(?:\.\d+)?) ?((?:[十百千万亿]+|[kw](?![a-z]))?)(.*)$/i.exec(withoutSeparators(text));
  if (digits) {
    const [, number = '', places = '', rest = ''] = digits;
    // "1.500" is one and a half to some and fifteen hundred to others
    if (/^[.,'’]?\d|^,/.test(rest) || (places === '' && /\.\d{3}$/.test(number))) return undefined;
    let place = 1;
    for (const each of places.toLowerCase()) place *= PLACES[each] ?? 1;
    // 1.1 × 10,000 is not quite 11,000 in binary
    return { value: Math.round(Number(number) * place * 1e6) / 1e6, place, rest: rest.trim() };
  }
  const [words] = WORDS.exec(text) ?? [];
  if (words === undefined) return undefined;
  const number = numberInWords(words);
  const rest = text.slice(words.length).trim();
  // 十几万 is more than ten
  return number && !/^[百千万亿]/.test(rest) ? { ...number, place: 1, rest, inWords: true } : undefined;
}
