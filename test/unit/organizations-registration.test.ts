import { describe, expect, it } from 'vitest';
import { Registration, readLoneNumber, readNumber } from '../../shared/entities/organizations/registration.ts';

// the example of GB 32100-2015, annex
const EXAMPLE = '91350100M000100Y43';

describe('a 统一社会信用代码', () => {
  it.each([
    EXAMPLE,
    EXAMPLE.toLowerCase(),
    '９１３５０１００Ｍ０００１００Ｙ４３',
    '9135 0100 M000 100Y 43',
    `统一社会信用代码：${EXAMPLE}`,
  ])('is read as it is written: %s', (written) => {
    expect(readNumber('CN-USCC', written)).toEqual({ ok: true, scheme: 'CN-USCC', number: EXAMPLE });
    expect(readLoneNumber(written)).toEqual({ ok: true, scheme: 'CN-USCC', number: EXAMPLE });
  });

  it('with one sign wrong is refused, whichever it is', () => {
    for (let place = 0; place < 18; place += 1) {
      const wrong = EXAMPLE[place] === '3' ? '4' : '3';
      const written = EXAMPLE.slice(0, place) + wrong + EXAMPLE.slice(place + 1);
      expect(readNumber('CN-USCC', written)).toEqual({ ok: false, code: 'wrong-check-digit' });
    }
  });

  it('with two neighbours swapped is refused', () => {
    expect(readNumber('CN-USCC', '91350100M00010Y043')).toMatchObject({ ok: false });
    expect(readNumber('CN-USCC', '19350100M000100Y43')).toEqual({ ok: false, code: 'wrong-check-digit' });
  });

  it.each(['I', 'O', 'Z', 'S', 'V'])('has no letter %s', (letter) => {
    expect(readNumber('CN-USCC', EXAMPLE.replace('M', letter))).toEqual({ ok: false, code: 'not-a-number-of-scheme' });
  });

  it.each([EXAMPLE.slice(1), `${EXAMPLE}1`, '', '无'])('has eighteen signs: %s', (written) => {
    expect(readNumber('CN-USCC', written)).toEqual({ ok: false, code: 'not-a-number-of-scheme' });
  });
});

describe('other registers', () => {
  it.each([
    ['CN-ORGC', 'M000100Y-4', 'M000100Y4'],
    ['GB-CHC', 'Registered charity no. 01000001', '1000001'],
    ['GB-SC', 'sc 012345', 'SC012345'],
    ['GB-COH', '1234567', '01234567'],
    ['US-EIN', '01-2345678', '012345678'],
    ['de-vr', 'VR 1234 b', 'VR1234B'],
  ])('%s reads %s', (scheme, written, number) => {
    expect(readNumber(scheme, written)).toEqual({ ok: true, scheme: scheme.toUpperCase(), number });
  });

  it('are known by what stands before the number, and by nothing where it could be several', () => {
    expect(readLoneNumber('GB-CHC-1000001')).toEqual({ ok: true, scheme: 'GB-CHC', number: '1000001' });
    expect(readLoneNumber('1000001')).toBeUndefined();
  });

  it('are refused where nothing is such a register', () => {
    expect(readNumber('charity', '1')).toEqual({ ok: false, code: 'unknown-scheme' });
    expect(readNumber('CN-ORGC', 'M000100Y5')).toEqual({ ok: false, code: 'wrong-check-digit' });
  });

  it('a form says which field is wrong', () => {
    expect(Registration.parse({ scheme: 'cn-uscc', number: EXAMPLE.toLowerCase() })).toEqual({
      scheme: 'CN-USCC',
      number: EXAMPLE,
    });
    const { error } = Registration.safeParse({ scheme: 'CN-USCC', number: '1' });
    expect(error?.issues[0]).toMatchObject({ path: ['number'], params: { code: 'not-a-number-of-scheme' } });
  });
});
