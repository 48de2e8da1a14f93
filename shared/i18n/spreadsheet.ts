import type { Bilingual, Language } from '../domain/language.ts';
import {
  placeOf,
  type RosterField,
  type RosterFile,
  sharingTelephones,
} from '../kinds/insurance/roster/read-roster-sheet.ts';
import type { UnreadableFile, UnreadableFileCode } from '../spreadsheet/unreadable-file.ts';
import type { ImportRemark } from '../store/imports.ts';
import { colon, fill, textOf } from './lookup.ts';

const files: Bilingual<Record<UnreadableFileCode, string>> = {
  zh: {
    empty: '文件是空的，请检查后重新上传。',
    'too-large': '文件太大：最多 4 MB、60 万个单元格（空的也算）。请删去空白行列，或分成几个文件上传。',
    'too-many-rows': '行数太多：最多 20,000 行，连空行最多 100,000 行。请删去空行，或分成几个文件上传。',
    'too-many-columns': '列数太多，最多 100 列，请删去不需要的列。',
    'too-many-sheets': '工作表太多，最多 255 张，请删去不需要的工作表。',
    'old-excel':
      '这是旧版 Excel（.xls）文件。请用 Excel 或 WPS 打开它，点“文件”“另存为”，文件类型选“Excel 工作簿（*.xlsx）”，保存后上传新文件。',
    password: '文件有密码，请去掉密码后重新上传。',
    'not-a-spreadsheet':
      '这不是表格文件，请上传 CSV、XLSX 或 ODS。如果用 Excel 或 WPS 能打开，请点“文件”“另存为”，文件类型选“Excel 工作簿（*.xlsx）”，保存后上传新文件。',
    damaged: '文件已损坏，请用 Excel 或 WPS 打开后另存一份再上传。',
    encoding: '文字编码无法识别，请另存为“CSV UTF-8”后重新上传。',
    'unclosed-quote': '第 {line} 行的引号没有成对，请改正后重新上传。',
  },
  en: {
    empty: 'The file is empty. Check it and upload it again.',
    'too-large':
      'The file is too large: at most 4 MB and 600,000 cells, empty ones too. Remove empty rows and columns, or upload it in parts.',
    'too-many-rows':
      'Too many rows: at most 20,000, with empty ones at most 100,000. Remove empty rows, or upload it in parts.',
    'too-many-columns': 'Too many columns: at most 100. Remove those that are not needed.',
    'too-many-sheets': 'Too many sheets: at most 255. Remove those that are not needed.',
    'old-excel':
      'This is an old Excel file (.xls). Open it in Excel, WPS or LibreOffice, choose File, Save As, and the type “Excel Workbook (*.xlsx)”; then upload the new file.',
    password: 'The file has a password. Remove it and upload the file again.',
    'not-a-spreadsheet':
      'This is not a spreadsheet. Upload CSV, XLSX or ODS. If Excel, WPS or LibreOffice opens it, choose File, Save As, and the type “Excel Workbook (*.xlsx)”; then upload the new file.',
    damaged: 'The file is damaged. Open it, save a copy and upload that.',
    encoding: 'The encoding of the text could not be recognized. Save it as “CSV UTF-8” and upload that.',
    'unclosed-quote': 'A quotation mark in line {line} is not closed. Correct it and upload the file again.',
  },
};

/** What is wrong with an uploaded file, and what to do. */
export function unreadableFileText(language: Language, error: Pick<UnreadableFile, 'code' | 'line'>): string {
  return fill(files[language][error.code], error.line === undefined ? {} : { line: error.line });
}

const rosterFields: Bilingual<Record<RosterField, string>> = {
  zh: { name: '姓名', identityNumber: '证件号码', phone: '手机号码' },
  en: { name: 'name', identityNumber: 'identity number', phone: 'mobile phone' },
};

/** Why an uploaded roster could not be used at all. */
export function rosterSheetText(language: Language, sheet: Extract<RosterFile, { ok: false }>): string {
  const zh = language === 'zh';
  if (sheet.code === 'no-volunteers') return zh ? '表中没有志愿者。' : 'There are no volunteers in the sheet.';
  if (sheet.code === 'too-many-volunteers') {
    return zh
      ? `一次最多 ${sheet.maximum} 人，表中有 ${sheet.count} 人，请分几次提交。`
      : `At most ${sheet.maximum} volunteers at once; the sheet has ${sheet.count}. Send it in parts.`;
  }
  const missing = rosterFieldsText(language, sheet.missing);
  const there = sheet.headings.slice(0, MOST_NAMED).join(zh ? '、' : ', ');
  return zh
    ? `没有找到这些列：${missing}。${there && `表里的列有：${there}。`}请使用模板，写明列名，或在下面写明哪一列是什么。`
    : `These columns were not found: ${missing}. ${there && `The sheet has: ${there}. `}Use the template, name the columns, or say below which column is which.`;
}

/** Names that a sentence lists; of more it says that there are more. */
const MOST_NAMED = 12;

/** What the columns of a roster are called. */
export function rosterFieldsText(language: Language, fields: readonly RosterField[]): string {
  return fields.map((field) => rosterFields[language][field]).join(language === 'zh' ? '、' : ', ');
}

const read: Bilingual<Record<'used' | 'ignored' | 'unread' | 'passedOver' | 'phones' | 'guessed', string>> = {
  zh: {
    used: '用的列：{columns}。',
    ignored: '没有用的列：{columns}。',
    unread: '没有读的工作表：{sheets}。',
    passedOver: '跳过了不是志愿者的行（合计、说明等）：第 {rows} 行。',
    guessed: '文件没有写明文字编码，按 {encoding} 推断：如有乱码，请写明编码。',
    phones: '有 {count} 人与其他至少两人填了同一个手机号码，请核对是否用错了列。',
  },
  en: {
    used: 'Columns used: {columns}.',
    ignored: 'Columns not used: {columns}.',
    unread: 'Sheets not read: {sheets}.',
    passedOver: 'Rows passed over that are no volunteers (totals, notes): {rows}.',
    guessed: 'The file does not say its encoding; {encoding} was guessed: if letters look wrong, say which it is.',
    phones: '{count} people have one telephone with at least two others: was the right column read?',
  },
};

function named(language: Language, names: readonly string[]): string {
  const shown = [...new Set(names)];
  const text = shown.slice(0, MOST_NAMED).join(language === 'zh' ? '、' : ', ');
  return shown.length > MOST_NAMED ? `${text} … (${shown.length})` : text;
}

/** What was read of a roster's file and what was not, in sentences. */
export function rosterReadText(language: Language, roster: Extract<RosterFile, { ok: true }>): string[] {
  const text = read[language];
  const used = roster.sheets.flatMap(({ columns }) =>
    Object.entries(columns).map(([field, column]) => {
      const name = Object.entries(rosterFields[language]).find(([each]) => each === field)?.[1] ?? field;
      return `${name} ← “${column?.header ?? ''}”`;
    }),
  );
  const ignored = roster.sheets.flatMap((sheet) =>
    sheet.ignored.map(({ header }) => header).filter((each) => each !== ''),
  );
  const phones = sharingTelephones(roster.rows);
  return [
    fill(text.used, { columns: named(language, used) }),
    ...(ignored.length > 0 ? [fill(text.ignored, { columns: named(language, ignored) })] : []),
    ...(roster.unread.length > 0 ? [fill(text.unread, { sheets: named(language, roster.unread) })] : []),
    ...(roster.passedOver.length > 0
      ? [fill(text.passedOver, { rows: named(language, roster.passedOver.map(placeOf)) })]
      : []),
    ...(roster.encoding?.guessed ? [fill(text.guessed, { encoding: roster.encoding.name })] : []),
    ...(phones > 0 ? [fill(text.phones, { count: phones })] : []),
  ];
}

const remarks: Bilingual<Record<string, string>> = {
  zh: {
    'organization-missing': '没有机构名称',
    'item-missing': '没有物资名称',
    'too-long': '内容太长（最多 {maximum} 字）',
    'header-again': '又一行表头',
    'total-row': '合计行',
    note: '说明或备注，不是需求',
    signature: '填表、审核等签名行，不是需求',
    'units-row': '单位行，不是需求',
    'example-row': '示例行，不是需求',
    'nothing-asked': '这一行没有填写任何数量',
    'left-out': '按您的选择不导入',
    'too-many-lines': '该机构的行数超过一份需求的上限（{maximum}）',
    'quantity-approximate': '数量是约数，已按所写数字计',
    'quantity-range': '数量是一个范围，已按较小的数字计',
    'quantity-packs': '写的是每包装的数量，已按总数计',
    'quantity-contents': '每个包装的重量或容量已记入规格',
    'quantity-in-words': '数量是文字，按“数量待定”处理',
    'quantity-together': '几种物资合写一个数量，已分成几项，各按“数量待定”处理',
    'items-split': '一格里有几种物资，已分成几项',
    'partly-not-needed': '其中一项写明不需要或数量为零，没有采用',
    'as-above': '没有填写，与上一行相同',
    'count-unreadable': '日均消耗或库存无法识别，未采用',
    'count-of-several': '一行有几种物资，日均消耗或库存未采用',
    'read-as-matrix': '按横表读取：这些列的列名是物资，格内是数量',
    'read-as-matrix-of-sites': '按横表读取：这些列的列名是机构，格内是数量',
    'column-guessed': '列名不认识，按内容判断，请核对',
    'place-from-sheet': '表内没有这一列，已采用工作表的名称',
    'organization-from-sheet': '表内没有机构一列，已采用工作表的名称',
    'organization-from-title': '表内没有机构一列，已采用表头上方所写的机构',
    'quantity-negative': '数量是负数，按“数量待定”处理',
    'quantity-zero': '数量是零',
    'quantity-fraction': '数量不是整数，按“数量待定”处理',
    'quantity-too-large': '数量太大，按“数量待定”处理',
    'quantity-unclear': '数量无法识别，按“数量待定”处理',
    'unit-differs': '数量里写的单位与单位列不同，以数量里的为准',
    'urgency-from-quantity': '数量里写了“急”，已记为紧急',
    'cell-unreadable': '单元格是没有结果的公式或表格错误，未采用',
    'not-needed': '写明不需要',
    'date-unreadable': '日期无法识别，未采用',
    'date-from-number': '日期是表格的日期序号，已换算',
    'date-year-assumed': '日期没有写年份，已按下一个这样的日期计',
    'phone-unreadable': '电话无法识别，未采用',
    'phone-missing': '有联系人，没有电话',
    'phones-in-note': '电话较多或带有说明，原文已全部记入备注',
    'urgency-unreadable': '紧急程度无法识别，未采用',
    'care-tier-unreadable': '收治情况无法识别，未采用',
    differs: '与同一机构的前面行不一致，以前面的为准',
  },
  en: {
    'organization-missing': 'no organization',
    'item-missing': 'no item',
    'too-long': 'too long (at most {maximum} characters)',
    'header-again': 'a row of headings once more',
    'total-row': 'a total of other rows',
    note: 'a note, not a need',
    signature: 'who filled in or checked the sheet, not a need',
    'units-row': 'a row of units, not a need',
    'example-row': 'an example, not a need',
    'nothing-asked': 'no amount is filled in in this row',
    'left-out': 'left out, as you chose',
    'too-many-lines': 'the organization has more lines than one need may have ({maximum})',
    'quantity-approximate': 'the quantity is approximate; the number was taken',
    'quantity-range': 'the quantity is a range; the lower number was taken',
    'quantity-packs': 'the quantity is packs of so many pieces; all pieces were counted',
    'quantity-contents': 'what a pack weighs or holds was taken as specification',
    'quantity-in-words': 'the quantity is in words; taken as “amount unknown”',
    'quantity-together': 'one quantity for several items together; they are lines of their own, each of unknown amount',
    'items-split': 'several items in one row; each is a line of its own',
    'partly-not-needed': 'one of the items is not needed, or zero of it; it was left out',
    'as-above': 'not filled in; the same as in the row above',
    'count-unreadable': 'the daily use or stock cannot be read and was left out',
    'count-of-several': 'daily use or stock of several items in one row; it was left out',
    'read-as-matrix': 'read as a table that goes across: these headings are items, and the cells below amounts',
    'read-as-matrix-of-sites':
      'read as a table that goes across: these headings are organizations, and the cells below amounts',
    'column-guessed': 'the heading is not known; what the column holds was judged by its cells: please check',
    'place-from-sheet': 'no column says it; the name of the sheet was taken',
    'organization-from-sheet': 'no column says the organization; the name of the sheet was taken',
    'organization-from-title': 'no column says the organization; the one named above the headings was taken',
    'quantity-negative': 'the quantity is negative; taken as “amount unknown”',
    'quantity-zero': 'the quantity is zero',
    'quantity-fraction': 'the quantity is not a whole number; taken as “amount unknown”',
    'quantity-too-large': 'the quantity is too large; taken as “amount unknown”',
    'quantity-unclear': 'the quantity cannot be read; taken as “amount unknown”',
    'unit-differs':
      'the unit beside the quantity is not the one in the column of units; the one beside the quantity was taken',
    'urgency-from-quantity': 'the quantity says that it is urgent; taken as urgent',
    'cell-unreadable': 'the cell holds a formula without its value, or an error; it was left out',
    'not-needed': 'says that it is not needed',
    'date-unreadable': 'the date cannot be read and was left out',
    'date-from-number': 'the date is a spreadsheet’s number of a day; it was converted',
    'date-year-assumed': 'the date has no year; the next such day was taken',
    'phone-unreadable': 'the telephone number cannot be read and was left out',
    'phone-missing': 'a contact without a telephone number',
    'phones-in-note':
      'more than two telephone numbers, or words beside them; all of it was kept in the note, as written',
    'urgency-unreadable': 'the urgency cannot be read and was left out',
    'care-tier-unreadable': 'the care tier cannot be read and was left out',
    differs: 'differs from an earlier row of the same organization, which was taken',
  },
};

/** Why a row of an imported sheet was not used, or what of it was left out. */
export function importRemarkText(language: Language, remark: ImportRemark): string {
  const text = fill(
    textOf(remarks[language], remark.code),
    remark.maximum === undefined ? {} : { maximum: remark.maximum },
  );
  return remark.value === undefined || remark.value === '' ? text : `${text}${colon(language)}“${remark.value}”`;
}
