import type { Bilingual } from '../../shared/domain/language.ts';

type Totals = Readonly<Record<'needs' | 'lines' | 'unknownLines' | 'pieces' | 'rows' | 'rejected', number>>;
type Use = 'read' | 'columns-missing' | 'left-out';

const plain = (count: number) => count.toLocaleString('en');

const zh = {
  encoding: '文字编码',
  guessed: '推断，请核对',
  columns: '使用的列',
  unused: '未使用的列',
  missing: '没有找到需要的列',
  hidden: '隐藏的工作表没有读取',
  sheet: (name: string, use: Use, rows: number) =>
    `工作表“${name}”：${{ read: `读取 ${rows} 行`, 'columns-missing': '没有读取', 'left-out': '按您的选择不导入' }[use]}`,
  totals: ({ needs, lines, unknownLines, pieces, rows, rejected }: Totals) =>
    `${rows} 行：将创建 ${needs} 份需求，共 ${lines} 项物资，其中 ${unknownLines} 项数量待定，其余共 ${plain(pieces)} 件；${rejected} 行无法使用。`,
  row: (place: string) => `第 ${place} 行`,
  more: (count: number) => `  另有 ${count} 条提示没有列出`,
  rejected: '未使用',
  question: (needs: number) => `确认创建 ${needs} 份需求吗？(y/n)`,
  nobodyAsked: '没有创建任何需求：请核对后加上 --yes 再运行一次。',
  notMade: (row: number, name: string) => `第 ${row} 份需求（${name}）没有创建`,
  made: (made: number, before: number) => `已创建 ${made} 份需求，另有 ${before} 份以前已经创建。`,
  left: (count: number) => `${count} 份没有处理，因为有人停止了导入。`,
  failed: (count: number) => `${count} 份因故障没有创建：npm run redrive 会再试。`,
  refused: '导入被拒绝',
  trouble: '服务器出了故障，导入没有完成；再运行一次会接着做，不会重复',
};

const en: typeof zh = {
  encoding: 'Encoding of the text',
  guessed: 'guessed, please check',
  columns: 'Columns used',
  unused: 'Columns not used',
  missing: 'Columns not found',
  hidden: 'Hidden sheets were not read',
  sheet: (name, use, rows) =>
    `Sheet “${name}”: ${{ read: `${rows} rows read`, 'columns-missing': 'not read', 'left-out': 'left out, as you chose' }[use]}`,
  totals: ({ needs, lines, unknownLines, pieces, rows, rejected }) =>
    `${rows} rows: ${needs} needs with ${lines} lines, ${unknownLines} of unknown amount, the rest ${plain(pieces)} pieces; ${rejected} rows cannot be used.`,
  row: (place) => `row ${place}`,
  more: (count) => `  and ${count} more notices`,
  rejected: 'not used',
  question: (needs) => `Make these ${needs} needs? (y/n)`,
  nobodyAsked: 'Nothing was made: check the above, then run it again with --yes.',
  notMade: (row, name) => `need ${row}, ${name}, not made`,
  made: (made, before) => `${made} needs created, ${before} were there already.`,
  left: (count) => `${count} were left, since somebody stopped the work.`,
  failed: (count) => `${count} came to nothing by a fault: npm run redrive tries them again.`,
  refused: 'The import was refused',
  trouble:
    'The server had a fault and the import is not finished; run it again, and it goes on without making anything twice',
};

/** What the import command says. */
export const importWords: Bilingual<typeof zh> = { zh, en };
