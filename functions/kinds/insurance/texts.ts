import type { Bilingual } from '../../../shared/domain/language.ts';
import type { FormTexts } from '../pages.ts';

/** What stands around the form, on the site and in a draft. */
export const insuranceFormText: Bilingual<FormTexts> = {
  zh: {
    title: '申请志愿者保险',
    menu: '志愿者保险',
    card: {
      title: '志愿者保险',
      text: '上传名单即可。谁从哪天到哪天有保障，一目了然。',
      action: '申请保险',
    },
  },
  en: {
    title: 'Insure volunteers',
    menu: 'Insurance',
    card: {
      title: 'Volunteer insurance',
      text: 'Upload your roster. See who is covered, from which day to which.',
      action: 'Insure volunteers',
    },
  },
};

/** A roster: uploaded or typed, each row with its verdict. */
const zh = {
  uploadTitle: '上传名单',
  uploadHint:
    'CSV 或 XLSX，三列：姓名、证件号码、手机号码。最多 1,700 人，4 MB。长名单在填写期间加密暂存一天，之后自动删除。',
  upload: '上传并核对',
  template: '下载空白名单（XLSX）',
  anotherFile: '换一个文件',
  typeTitle: '或逐行填写',
  badRows: '{bad} 行有问题，{good} 行没有问题',
  badRowsText: '可以直接在下面改正，或去掉有问题的行，先为其他人投保。',
  leaveOut: '去掉有问题的 {count} 行，继续',
  cause: '原因都一样：{cause}。改好表格后再上传一次即可。',
  firstOnes: '下面先列出前 {count} 行。',
  otherColumns: '读错了？写明哪一列是什么、哪些工作表不读、用什么编码',
  otherColumnsHint: '写列名或工作表名，再选一次文件上传。空着的由系统判断。',
  columnOfName: '姓名在哪一列',
  columnOfNumber: '证件号码在哪一列',
  columnOfPhone: '手机号码在哪一列',
  sheetsLeftOut: '不读的工作表（用逗号隔开）',
  fileEncoding: '文字编码（CSV）',
  leftOut: '{count} 行 · 这些人没有投保',
  leftOutFile: '下载这些行',
  allGood: '{count} 人，全部通过核对',
  goodRow: '通过',
  goodRows: '没有问题的 {count} 行',
  goodFirst: '前 {first} 行如下，其余 {count} 行同样保留。要去掉其中的人，请改好表格后再上传。',
  readFile: '从文件读到 {count} 人。',
  replaced: '之前的名单已由文件内容代替。',
  file: '名单文件',
  fileMissing: '请先选择文件',
  people: '{count} 人',
  showPeople: '查看名单',
  others: '另有 {count} 人。',
  keepRoster: '名单不变（{count} 人）',
  newRoster: '换一份名单',
};

const en: typeof zh = {
  uploadTitle: 'Upload a roster',
  uploadHint:
    'CSV or XLSX with three columns: name, identity number, mobile phone. Up to 1,700 people, 4 MB. While you fill in the form a long roster is kept encrypted, for a day; then it is erased.',
  upload: 'Upload and check',
  template: 'Download an empty roster (XLSX)',
  anotherFile: 'Take another file',
  typeTitle: 'Or type them in',
  badRows: '{bad} rows need attention, {good} are fine',
  badRowsText: 'Correct them right here, or leave them out and insure the others first.',
  leaveOut: 'Leave {count} {count|row|rows} out and continue',
  cause: 'The reason is the same everywhere: {cause}. Mend the sheet and upload it again.',
  firstOnes: 'The first {count} of them stand below.',
  otherColumns: 'Read wrongly? Say which column is which, which sheets to leave out, which encoding',
  otherColumnsHint:
    'Enter the heading of the column, choose the file again and upload it. What is left empty is found out.',
  columnOfName: 'Column with the name',
  columnOfNumber: 'Column with the identity number',
  columnOfPhone: 'Column with the mobile phone',
  sheetsLeftOut: 'Sheets to leave out (between commas)',
  fileEncoding: 'Encoding of the text (CSV)',
  leftOut: '{count} {count|row|rows} · nobody insures who is in {count|it|them}',
  leftOutFile: 'Download these rows',
  allGood: '{count} people, all checked',
  goodRow: 'OK',
  goodRows: '{count} {count|row that is|rows that are} fine',
  goodFirst:
    'The first {first} stand below; the other {count} are kept just the same. To take somebody out, mend the sheet and upload it again.',
  readFile: '{count} people were read from the file.',
  replaced: 'The file has taken the place of the earlier rows.',
  file: 'Roster file',
  fileMissing: 'Choose a file first',
  people: '{count} people',
  showPeople: 'Show the list',
  others: '{count} others.',
  keepRoster: 'The same people ({count})',
  newRoster: 'Another roster',
};

export const rosterText: Bilingual<typeof zh> = { zh, en };
