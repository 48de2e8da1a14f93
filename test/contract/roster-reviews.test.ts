import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { RosterReviewView } from '../../functions/api/views/roster-review.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { MAX_VOLUNTEERS } from '../../shared/kinds/insurance/input.ts';
import { checkCharacter } from '../../shared/kinds/insurance/roster/identity-number.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { textCells, workbook } from '../unit/spreadsheet-file.ts';

let stand: ApiStand;
beforeAll(async () => {
  stand = await startApi();
});
afterAll(() => stand.stop());

const today = localDate(Date.now());
/** A made-up number: 110000 is a whole province, which registers no person. */
const identity = (sequence: number) => {
  const digits = `11000019900307${String(sequence).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
};

function sent(bytes: Uint8Array | string, more: Record<string, string> = {}, language = 'zh') {
  const body = new FormData();
  for (const [name, value] of Object.entries({ coverFrom: addDays(today, 2), coverTo: addDays(today, 9), ...more }))
    body.append(name, value);
  body.append('file', new File([Buffer.from(bytes)], 'roster'));
  return { body, headers: { 'accept-language': language } };
}
const review = (bytes: Uint8Array | string, more?: Record<string, string>) =>
  stand.ok('POST', '/roster-reviews', RosterReviewView, sent(bytes, more));

it('a workbook gives the people of all its sheets, by the file’s own rows, and says what was read', async () => {
  const head = ['序号', '姓名', '证件号码', '手机'];
  const answer = await review(
    workbook([
      { name: '填写说明', xml: textCells([['身份证请写 18 位']]) },
      { name: '第一组', xml: textCells([['名单'], head, ['1', '示例甲', identity(1), '13000000001']]) },
      { name: '第二组', xml: textCells([head, ['1', '示例乙', identity(1), '13000000002'], ['合计', '', '', '1']]) },
      { name: '旧名单', hidden: true, xml: textCells([head, ['1', '示例丙', identity(3), '13000000003']]) },
    ]),
  );
  expect(answer).toMatchObject({
    good: 1,
    bad: 1,
    items: [
      { line: 3, sheet: '第一组', ok: true },
      { line: 2, sheet: '第二组', problems: [{ code: 'double-in-file', detail: '与第 3 (第一组) 行重复' }] },
    ],
    file: { unread: ['填写说明', '旧名单'], passedOver: [{ line: 3, sheet: '第二组' }] },
  });
  expect(answer.file?.sheets[0]).toMatchObject({ columns: { identityNumber: '证件号码' }, ignored: ['序号'] });
});

it('the column that is named is taken, and one reason for all bad rows is said once', async () => {
  const rows = [1, 2, 3].map((each) => `示例甲,${identity(each)},138,1300000000${each}`);
  const file = `姓名,证件号码,手机,备用\n${rows.join('\n')}\n`;
  expect(await review(file)).toMatchObject({ good: 0, cause: '请填写 11 位手机号码' });
  expect(await review(file, { phoneColumn: '备用' })).toMatchObject({ good: 3, sharingTelephones: 0 });
});

it('says how many people share one telephone that no family has', async () => {
  const rows = [1, 2, 3, 4].map((each) => `示例甲,${identity(each)},${each < 4 ? '13000000009' : '13000000004'}`);
  expect(await review(`姓名,证件号码,手机\n${rows.join('\n')}\n`)).toMatchObject({ sharingTelephones: 3 });
});

it('a file says in which encoding it was read and that it was a guess, and is read by what the person says: encoding, sheets', async () => {
  // 姓名,证件号码,手机 / 王小明 … as Excel in China saves it: GBK
  const gbk = Buffer.concat([
    Buffer.from('d0d5c3fb2cd6a4bcfebac5c2eb2ccad6bbfa0acdf5d0a1c3f72c', 'hex'),
    Buffer.from(`${identity(1)},13000000001\n`),
  ]);
  const read = await review(gbk);
  expect(read).toMatchObject({
    good: 1,
    items: [{ name: '王小明' }],
    file: { encoding: { name: 'gb18030', guessed: true } },
  });
  expect((await review(gbk, { encoding: 'gb18030' })).file?.encoding).toEqual({ name: 'gb18030', guessed: false });
  const wrong = await stand.call('POST', '/roster-reviews', sent(gbk, { encoding: 'ebcdic' }));
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/encoding' }] } });
  const rows = [
    ['姓名', '证件号码', '手机'],
    ['示例甲', identity(1), '13000000001'],
  ];
  const twice = workbook(['第一组', '旧名单'].map((name) => ({ name, xml: textCells(rows) })));
  expect(await review(twice)).toMatchObject({ good: 1, bad: 1 });
  expect(await review(twice, { leaveOutSheets: '旧名单' })).toMatchObject({
    good: 1,
    bad: 0,
    file: { unread: ['旧名单'] },
  });
});

const unusable = [
  ['columns-missing', '姓名,手机\n示例甲,13000000001\n', '没有找到这些列：证件号码', 'not found: identity number'],
  ['no-volunteers', '姓名,证件号码,手机\n', '没有志愿者', 'no volunteers'],
  [
    'too-many-volunteers',
    `姓名,证件号码,手机\n${'示例甲,1,13000000001\n'.repeat(MAX_VOLUNTEERS + 1)}`,
    '请分几次提交',
    'in parts',
  ],
] as const;

it.each(
  unusable.flatMap(([code, file, zh, en]) => [
    [code, 'zh', file, zh, '另存为'],
    [code, 'en', file, en, 'save'],
  ]),
)('a file that can be read is told %s in words (%s), and not to be saved as another', async (...each) => {
  const [code, language, file, said, advice] = each;
  const { status, body } = await stand.call('POST', '/roster-reviews', sent(file, {}, language));
  const problem = z.looseObject({ errors: z.array(z.looseObject({})) }).parse(body);
  expect([status, problem.errors]).toEqual([
    422,
    [expect.objectContaining({ pointer: '/file', code, detail: expect.stringContaining(said) })],
  ]);
  expect(JSON.stringify(problem).toLowerCase()).not.toContain(advice);
});
