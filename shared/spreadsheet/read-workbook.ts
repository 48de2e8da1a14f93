import type { Sheet } from '../domain/sheet/sheet-row.ts';
import { sheetLimits } from './limits.ts';
import { builtInKind, kindOfFormat, type NumberKind } from './number-format.ts';
import { partText } from './part-text.ts';
import { readSheetXml, type WorkbookContext } from './read-sheet-xml.ts';
import { attribute, scanXml } from './scan-xml.ts';
import type { SheetFile } from './sheet-file.ts';
import type { Spent } from './spending.ts';
import { UnreadableFile } from './unreadable-file.ts';
import type { ZipArchive } from './zip-archive.ts';

interface Part {
  readonly type: string;
  readonly target: string;
}

interface SheetPart {
  readonly name: string;
  /** `veryHidden` ones are a program's own: people can neither see them nor make them visible in its menus. */
  readonly state: 'visible' | 'hidden' | 'veryHidden';
  readonly target: string;
}

/** A target is absolute in the archive, or relative to the folder of the part that names it. */
function resolve(folder: string, target: string): string {
  const path = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}

/** What `part` refers to, by relation id. Types are the last word of their URI: those of strict and transitional files differ before it. */
function relations(archive: ZipArchive, part: string, spent: Spent): Map<string, Part> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const found = new Map<string, Part>();
  scanXml(
    partText(archive, `${folder}_rels/${part.slice(folder.length)}.rels`) ?? '',
    {
      open(name, attributes) {
        if (name !== 'Relationship') return;
        const type = attribute(attributes, 'Type') ?? '';
        found.set(attribute(attributes, 'Id') ?? '', {
          type: type.slice(type.lastIndexOf('/') + 1),
          target: resolve(folder, attribute(attributes, 'Target') ?? ''),
        });
      },
      close() {},
    },
    spent,
  );
  return found;
}

function readStrings(xml: string, spent: Spent): string[] {
  const strings: string[] = [];
  let current = '';
  let listening = false;
  let phonetic = false;
  scanXml(
    xml,
    {
      open(name) {
        if (name === 'si') current = '';
        else if (name === 'rPh') phonetic = true;
        else if (name === 't') listening = !phonetic;
      },
      close(name) {
        if (name === 'si') strings.push(current);
        else if (name === 'rPh') phonetic = false;
        else if (name === 't') listening = false;
      },
      text(text) {
        if (listening) current += text;
      },
    },
    spent,
  );
  return strings;
}

function readStyles(xml: string, spent: Spent): NumberKind[] {
  const own = new Map<number, NumberKind>();
  const styles: NumberKind[] = [];
  let inCellFormats = false;
  scanXml(
    xml,
    {
      open(name, attributes) {
        if (name === 'cellXfs') inCellFormats = true;
        const format = Number(attribute(attributes, 'numFmtId') ?? 0);
        if (name === 'numFmt') own.set(format, kindOfFormat(attribute(attributes, 'formatCode') ?? ''));
        if (name === 'xf' && inCellFormats) styles.push(own.get(format) ?? builtInKind(format));
      },
      close(name) {
        if (name === 'cellXfs') inCellFormats = false;
      },
    },
    spent,
  );
  return styles;
}

function readIndex(
  xml: string,
  parts: ReadonlyMap<string, Part>,
  spent: Spent,
): { sheets: SheetPart[]; date1904: boolean } {
  const sheets: SheetPart[] = [];
  let date1904 = false;
  scanXml(
    xml,
    {
      open(name, attributes) {
        if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '');
        const part = name === 'sheet' ? parts.get(attribute(attributes, 'id') ?? '') : undefined;
        if (part?.type !== 'worksheet') return;
        const state = attribute(attributes, 'state');
        if (sheets.length === sheetLimits.sheets) throw new UnreadableFile('too-many-sheets');
        sheets.push({
          name: attribute(attributes, 'name') ?? '',
          state: state === 'hidden' || state === 'veryHidden' ? state : 'visible',
          target: part.target,
        });
      },
      close() {},
    },
    spent,
  );
  return { sheets, date1904 };
}

function readContext(
  archive: ZipArchive,
  parts: ReadonlyMap<string, Part>,
  date1904: boolean,
  spent: Spent,
): WorkbookContext {
  const only = (type: string) => {
    const target = [...parts.values()].find((part) => part.type === type)?.target;
    return (target && partText(archive, target)) ?? '';
  };
  return { strings: readStrings(only('sharedStrings'), spent), styles: readStyles(only('styles'), spent), date1904 };
}

/**
 * The sheets of an XLSX file, see {@link SheetFile}.
 *
 * Read here and not by a library (2026-11: read-excel-file 9.3 was tried) because an upload may be hostile and memory is
 * small: it unpacks without a bound, fills the gap up to whatever row or column a cell claims, and rounds an identity
 * number that was kept as a number without a trace.
 *
 * @throws UnreadableFile see {@link UnreadableFile}; `not-a-spreadsheet` for an archive of something else.
 */
export function readWorkbook(archive: ZipArchive, spent: Spent): SheetFile {
  const main = [...relations(archive, '', spent).values()].find(({ type }) => type === 'officeDocument')?.target;
  const index = main?.endsWith('.xml') ? partText(archive, main) : undefined;
  if (main === undefined || index === undefined) throw new UnreadableFile('not-a-spreadsheet');
  const parts = relations(archive, main, spent);
  const { sheets, date1904 } = readIndex(index, parts, spent);
  if (sheets.length === 0) throw new UnreadableFile('not-a-spreadsheet');
  const context = readContext(archive, parts, date1904, spent);
  const xmlOf = ({ target }: SheetPart) => {
    const xml = partText(archive, target);
    if (xml === undefined) throw new UnreadableFile('damaged');
    return xml;
  };
  const read = (state: SheetPart['state']) =>
    sheets
      .filter((sheet) => sheet.state === state)
      .map((sheet): Sheet => ({ name: sheet.name, rows: readSheetXml(xmlOf(sheet), context, spent) }))
      .filter(({ rows }) => rows.length > 0);
  const visible = read('visible');
  if (visible.length === 0) return { sheets: read('hidden'), hidden: [] };
  const hidden = sheets.filter((sheet) => sheet.state === 'hidden' && /<(?:\w+:)?(?:v|is)[\s>]/.test(xmlOf(sheet)));
  return { sheets: visible, hidden: hidden.map(({ name }) => name) };
}
