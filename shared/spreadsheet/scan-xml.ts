import { sheetLimits } from './limits.ts';
import { nothingSpent, type Spent, spend, tooMuch } from './spending.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** What is told of an XML text, in its order. Names come without their namespace prefix. */
export interface XmlListener {
  /** `attributes` is the raw rest of the tag; read it with {@link attribute}. A tag that closes itself is closed at once. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** Text between tags, its entities decoded. */
  text?(text: string): void;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
/** Characters between `&` and `;` at most: those of `#x10FFFF`. */
const LONGEST_ENTITY = 8;

/** The character that an entity stands for; undefined for what is none. */
function decoded(entity: string): string | undefined {
  if (!entity.startsWith('#')) return ENTITIES.get(entity);
  const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(entity);
  if (!number) return undefined;
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function decodeEntities(text: string, spent: Spent): string {
  let mark = text.indexOf('&');
  if (mark < 0) return text;
  let whole = '';
  let at = 0;
  for (; mark >= 0; mark = text.indexOf('&', mark + 1)) {
    spend(spent, 'entities');
    const end = text.indexOf(';', mark);
    if (end < 0) break;
    if (end - mark > LONGEST_ENTITY + 1) continue;
    const character = decoded(text.slice(mark + 1, end));
    if (character === undefined) continue;
    whole += text.slice(at, mark) + character;
    at = end + 1;
  }
  return whole + text.slice(at);
}

const [MARK, QUOTE, APOSTROPHE, SLASH, COLON, LESS, MORE, QUESTION] = [0x21, 0x22, 0x27, 0x2f, 0x3a, 0x3c, 0x3e, 0x3f];

/** Where the tag that begins at `from` ends; a quoted attribute may hold a `>`. */
function endOfTag(xml: string, from: number): number {
  for (let at = from + 1; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (code === MORE) return at;
    if (code === QUOTE || code === APOSTROPHE) {
      at = xml.indexOf(code === QUOTE ? '"' : "'", at + 1);
      if (at < 0) break;
    }
  }
  throw new UnreadableFile('damaged');
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw new UnreadableFile('damaged');
  return at + mark.length;
}

/** Tells of the tag between `from` and `to`, its brackets left out. */
function tell(listener: XmlListener, xml: string, from: number, to: number): void {
  const closing = xml.charCodeAt(from) === SLASH;
  const selfClosing = to > from && xml.charCodeAt(to - 1) === SLASH;
  const end = selfClosing ? to - 1 : to;
  let begin = closing ? from + 1 : from;
  let space = begin;
  for (; space < end; space += 1) {
    const code = xml.charCodeAt(space);
    // blanks and line ends
    if (code <= 0x20) break;
    if (code === COLON) begin = space + 1;
  }
  const name = xml.slice(begin, space);
  if (!closing) listener.open(name, xml.slice(space, end));
  if (closing || selfClosing) listener.close(name);
}

/** Passes over what begins with `<!` at `open`, telling of text that is written without entities, and gives where it ends. */
function passDeclaration(xml: string, open: number, listener: XmlListener): number {
  if (xml.startsWith('<!--', open)) return after(xml, '-->', open + 4);
  if (!xml.startsWith('<![CDATA[', open)) return endOfTag(xml, open) + 1;
  const end = after(xml, ']]>', open + 9);
  listener.text?.(xml.slice(open + 9, end - 3));
  return end;
}

/**
 * Goes once through the XML of an office document, in time and memory proportional to its length. Document types are
 * passed over, so entities of the file's own are never expanded.
 *
 * @param spent counts tags, comments too
 * @throws UnreadableFile `too-large` for more tags than may be; `damaged` when a tag, comment or quotation mark is left open.
 */
export function scanXml(xml: string, listener: XmlListener, spent: Spent): void {
  let at = 0;
  for (;;) {
    // millions of tags: what can be told by looking at a character is not searched for
    const open = xml.charCodeAt(at) === LESS ? at : xml.indexOf('<', at);
    if (open < 0) return;
    // by its name: millions of look-ups by a text cost a tenth of the reading
    spent.tags += 1;
    if (spent.tags > sheetLimits.tags) throw tooMuch('tags');
    if (open > at) listener.text?.(decodeEntities(xml.slice(at, open), spent));
    const first = xml.charCodeAt(open + 1);
    if (first === MARK) at = passDeclaration(xml, open, listener);
    else if (first === QUESTION) at = after(xml, '?>', open + 2);
    else {
      const end = endOfTag(xml, open);
      tell(listener, xml, open + 1, end);
      at = end + 1;
    }
  }
}

function isBlank(code: number): boolean {
  return code <= 0x20;
}

/** Whether what stands before an equals sign ends with the attribute's name, whatever prefix it has. */
function isNamed(attributes: string, equals: number, name: string): boolean {
  let end = equals;
  while (end > 0 && isBlank(attributes.charCodeAt(end - 1))) end -= 1;
  if (!attributes.endsWith(name, end)) return false;
  const before = attributes.charCodeAt(end - name.length - 1);
  return end === name.length || isBlank(before) || before === COLON || before === QUOTE || before === APOSTROPHE;
}

/** The value of one attribute of a tag, whatever its namespace prefix, or undefined. In time proportional to the tag's length. */
export function attribute(attributes: string, name: string): string | undefined {
  if (!attributes.includes(name)) return undefined;
  for (let equals = attributes.indexOf('='); equals >= 0; ) {
    let from = equals + 1;
    while (isBlank(attributes.charCodeAt(from))) from += 1;
    const mark = attributes.charAt(from);
    if (mark !== '"' && mark !== "'") {
      equals = attributes.indexOf('=', from);
      continue;
    }
    const to = attributes.indexOf(mark, from + 1);
    if (to < 0) return undefined;
    if (isNamed(attributes, equals, name)) {
      const value = attributes.slice(from + 1, to);
      return value.includes('&') ? decodeEntities(value, nothingSpent()) : value;
    }
    equals = attributes.indexOf('=', to);
  }
  return undefined;
}
