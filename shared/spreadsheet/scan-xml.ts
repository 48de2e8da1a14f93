import { UnreadableFile } from './unreadable-file.ts';

/** What is told of an XML text, in its order. Names come without their namespace prefix. */
export interface XmlListener {
  /** `attributes` is the raw rest of the tag; read it with {@link attribute}. A tag that closes itself is closed at once. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** Text between tags, its entities decoded. */
  text?(text: string): void;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** Where the tag that begins at `from` ends; a quoted attribute may hold a `>`. */
function endOfTag(xml: string, from: number): number {
  for (let at = from + 1; at < xml.length; at += 1) {
    const character = xml.charAt(at);
    if (character === '>') return at;
    if (character === '"' || character === "'") {
      at = xml.indexOf(character, at + 1);
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

function tell(listener: XmlListener, tag: string): void {
  const closing = tag.startsWith('/');
  const selfClosing = tag.endsWith('/');
  const inside = tag.slice(closing ? 1 : 0, selfClosing ? -1 : undefined);
  const space = inside.search(/\s/);
  const fullName = space < 0 ? inside : inside.slice(0, space);
  const name = fullName.slice(fullName.indexOf(':') + 1);
  if (!closing) listener.open(name, space < 0 ? '' : inside.slice(space));
  if (closing || selfClosing) listener.close(name);
}

/**
 * Goes once through the XML of an office document, in time and memory proportional to its length. Document types are
 * passed over, so entities of the file's own are never expanded.
 *
 * @throws UnreadableFile `damaged` when a tag, comment or quotation mark is left open.
 */
export function scanXml(xml: string, listener: XmlListener): void {
  let at = 0;
  for (let open = xml.indexOf('<'); open >= 0; open = xml.indexOf('<', at)) {
    if (open > at) listener.text?.(decodeEntities(xml.slice(at, open)));
    if (xml.startsWith('<!--', open)) {
      at = after(xml, '-->', open + 4);
    } else if (xml.startsWith('<![CDATA[', open)) {
      at = after(xml, ']]>', open + 9);
      listener.text?.(xml.slice(open + 9, at - 3));
    } else if (xml.startsWith('<?', open)) {
      at = after(xml, '?>', open + 2);
    } else {
      const end = endOfTag(xml, open);
      if (!xml.startsWith('<!', open)) tell(listener, xml.slice(open + 1, end));
      at = end + 1;
    }
  }
}

// a name is tried from its beginning only, or a long one would be gone through again from each of its letters
const ATTRIBUTE = /(?<![\w.:-])([\w.:-]{1,64})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The value of one attribute of a tag, whatever its namespace prefix, or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  if (!attributes.includes(name)) return undefined;
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(attributes); found; found = ATTRIBUTE.exec(attributes)) {
    const [, fullName = '', double, single] = found;
    if (fullName === name || fullName.endsWith(`:${name}`)) return decodeEntities(double ?? single ?? '');
  }
  return undefined;
}
