import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Phone } from '../../shared/domain/applicant.ts';
import { readDay, readSheetDay } from '../../shared/domain/read/day.ts';
import { readMobilePhone, readPhone } from '../../shared/domain/read/phone.ts';
import { readQuantity } from '../../shared/domain/read/quantity.ts';
import { readYuan } from '../../shared/domain/read/yuan.ts';

test.each([
  ['一千二', 1200],
  ['一千零二', 1002],
  ['三百五', 350],
  ['二十五', 25],
  ['两千五百', 2500],
  ['十万五千', 105_000],
  ['一百五十万', 1_500_000],
  ['二〇〇', 200],
  ['贰佰', 200],
  ['零', 0],
  ['0', 0],
  ['3 000', 3000],
  ['1,000,000', 1_000_000],
  ['１．５万', 15_000],
  ['1.125万', 11_250],
  ['3k', 3000],
  ['5 千', 5000],
])('reads %s as %i', (written, quantity) => {
  expect(readQuantity(written)).toEqual({ is: 'amount', quantity, bare: true });
});

test.each([
  ['1-2万', 10_000],
  ['500-1万', 500],
  ['100～200', 100],
  ['两三百', 200],
  ['五到十', 5],
])('takes the lower one of the two numbers in %s, with a notice', (written, quantity) => {
  const reading = readQuantity(written);
  expect(reading).toMatchObject({ is: 'amount', quantity });
  expect(reading).toHaveProperty('notice');
});

test.each([
  '3000,50',
  '1,5',
  '0,500',
  '1000,000',
  '12,34,567',
  '1.500',
  '500 600',
  '500 000 600',
  '200-100',
  '2020-02-03',
  '0713-0000001',
  '10-20-30',
  '10台/5台',
  '5000/天',
  '5000 per day',
  '3万5千',
  '大号200小号300',
  '=20*50',
  '#N/A',
  '#REF!',
  '50%',
])('makes no number of %s', (written) => {
  expect(readQuantity(written)).toEqual({ is: 'problem', code: 'quantity-unclear' });
});

test.each(['十分紧急', '万分火急', '一线急用', '百余套', '几百', '数百万', '见附件', '-', '√'])(
  'takes %s for words, not for a number',
  (written) => expect(readQuantity(written)).toEqual({ is: 'words' }),
);

test.each([
  ['3,000', 300_000],
  ['¥3,000', 300_000],
  ['３，０００元', 300_000],
  ['3 000.50', 300_050],
  ['1.2万元', 1_200_000],
  ['三千元整', 300_000],
  ['RMB 3000', 300_000],
  ['0.01', 1],
])('reads %s yuan as %i fen', (written, fen) => expect(readYuan(written)).toBe(fen));

test.each(['3000,50', '1.234,56', '3.000', '3000.005', '500-1000', '三四百', '约3000', '-5', '3000箱', '', '两笔'])(
  'takes %j for no amount of money',
  (written) => expect(readYuan(written)).toBeUndefined(),
);

test.each([
  ['１３８００００１２３４', '13800001234'],
  ['+86 138-0000-1234', '+86 138-0000-1234'],
  ['027-82222222转801', '027-82222222转801'],
  ['027-82222222 分机：801', '027-82222222转801'],
  ['027-82222222 ext. 801', '027-82222222转801'],
  ['（027）82222222', '(027)82222222'],
  ['电话：0713-0000001', '0713-0000001'],
  ['13900000001/13900000002', '13900000001 / 13900000002'],
  ['13900000001、027-82222222转801', '13900000001 / 027-82222222转801'],
])('reads the telephone %s as %s, and that as itself', (written, phone) => {
  expect(readPhone(written)).toEqual({ ok: true, phone });
  expect(Phone.parse(written)).toBe(phone);
  expect(Phone.parse(phone)).toBe(phone);
});

test.each([
  ['12345', 'phone-too-short'],
  ['wx_example', 'not-a-phone'],
  ['1380000123四', 'not-a-phone'],
  ['13900000001、13900000002、13900000003', 'too-many-phones'],
  ['13900000001/2', 'not-a-phone'],
  ['1'.repeat(31), 'phone-too-long'],
])('says what is wrong with the telephone %s: %s', (written, code) => {
  expect(readPhone(written)).toEqual({ ok: false, code });
  expect(Phone.safeParse(written).error?.issues[0]).toMatchObject({ params: { code } });
});

test('keeps every number as it is that was taken before there were extensions', () => {
  const before = fc.stringMatching(/^\+?[0-9][0-9 ()-]{5,27}[0-9]$/).filter((text) => !/ {2}/.test(text));
  fc.assert(
    fc.property(before, (phone) => {
      expect(readPhone(phone)).toEqual({ ok: true, phone });
    }),
  );
});

test('takes a mobile number of the mainland alone for a roster', () => {
  expect(readMobilePhone('+86 １３９-0000-0001')).toBe('13900000001');
  expect(readMobilePhone('027-82222222')).toBeUndefined();
  expect(readMobilePhone('13900000001/13900000002')).toBeUndefined();
});

test.each([
  ['2020-2-3', '2020-02-03'],
  ['2020/02/03', '2020-02-03'],
  ['2020.2.3', '2020-02-03'],
  ['２０２０年２月３日', '2020-02-03'],
  ['2020年2月3日前', '2020-02-03'],
  ['20200203', '2020-02-03'],
  ['2020-02-03 08:00', '2020-02-03'],
])('reads the day %s as %s', (written, day) => expect(readDay(written)).toBe(day));

test.each(['3/2/2020', '2020-13-01', '2020-02-30', '2月3日', '43860', '尽快', ''])(
  'takes %j for no day in a form',
  (written) => expect(readDay(written)).toBeUndefined(),
);

test.each([
  ['43860', { day: '2020-01-30', notice: 'date-from-number' }],
  ['46380', { day: '2026-12-24', notice: 'date-from-number' }],
  ['12月25日前', { day: '2026-12-25', notice: 'date-year-assumed' }],
  ['2月3日', { day: '2027-02-03', notice: 'date-year-assumed' }],
  ['2月29日', { day: '2028-02-29', notice: 'date-year-assumed' }],
  ['2020/2/3', { day: '2020-02-03' }],
  ['03/02/2027', undefined],
  ['2.5', undefined],
  ['尽快', undefined],
])('reads the day %s of a sheet, and says what it took for granted', (written, read) => {
  expect(readSheetDay(written, '2026-11-30')).toEqual(read);
});
