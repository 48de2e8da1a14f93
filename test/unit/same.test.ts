import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FOLD_VERSION, fold } from '../../shared/domain/same/fold.ts';
import { foldMailbox, isSameAddress, isSameMailbox } from '../../shared/domain/same/mailbox.ts';
import { isNearlySame } from '../../shared/domain/same/nearly.ts';
import { line } from '../../shared/domain/text.ts';

function* everyCharacter(): Generator<string> {
  for (let point = 0; point < 0x110000; point++)
    if (point < 0xd800 || point > 0xdfff) yield String.fromCodePoint(point);
}

describe('an organization’s name', () => {
  it.each([
    ['a soft hyphen', '乙\u00ad组织'],
    ['a word joiner', '乙\u2060组织'],
    ['an invisible times', '乙\u2062组织'],
    ['a grapheme joiner', '乙组\u034f织'],
    ['a Hangul filler', '乙组织\u3164'],
    ['a picture’s mark', '乙组织\ufe0f'],
    ['an ideograph’s variation', '乙\u{e0100}组织'],
    ['a tag', '乙组织\u{e0041}'],
    ['traditional characters', '乙組織'],
    ['a full stop', '乙组织。'],
    ['any other punctuation', '“乙”—组织！'],
    ['a symbol', '乙∙组织®'],
    ['a radical', '⺄组织'],
    ['other widths and spaces', '乙　组 织'],
  ])('is the same with %s', (_, name) => {
    expect(fold(name)).toBe(fold('乙组织'));
  });

  it.each([
    ['Red Cross', 'Rеd Crоss'],
    ['NATO aid', 'ΝΑΤΟ AID'],
    ['IOM', 'lOM'],
    ['Team 10', 'Team lO'],
    ['Café', 'Cafe'],
    ['工会', 'エ会'],
  ])('is the same in letters that look alike: %s and %s', (one, other) => {
    expect(fold(one)).toBe(fold(other));
  });

  it.each([
    ['第一医院', '第二医院'],
    ['はな', 'ばな'],
    ['Barn', 'Bam'],
    ['甲医院', '甲病院'],
  ])('is another one where readers see another one: %s and %s', (one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });

  it('folded again is as it was, for every character there is', () => {
    const moved = [...everyCharacter()].filter((each) => fold(fold(each)) !== fold(each));
    expect(moved).toEqual([]);
  });
});

describe('nearly the same name', () => {
  it.each([
    ['甲物流有限公司', '甲物流'],
    ['Barn Relief', 'Bam Relief'],
    ['Lantern Fundation', 'Lantern Foundation'],
    ['Lantern Aid Ltd.', 'Lantern Aid'],
  ])('is shown to people: %s and %s', (one, other) => {
    expect(isNearlySame(one, other)).toBe(true);
  });

  it.each([
    ['江城第一医院', '江城第二医院'],
    ['乙組織', '乙组织'],
    ['Team 10 Relief', 'Team 20 Relief'],
    ['Cat', 'Car'],
  ])('is not what is the same, or another: %s and %s', (one, other) => {
    expect(isNearlySame(one, other)).toBe(false);
  });
});

describe('a mailbox', () => {
  it.each([
    ['funder-reviewer+hilfe@example.org', 'Funder-Reviewer@example.org'],
    ['a+b+c@example.org', 'a@example.org'],
    ['li.na@gmail.com', 'lina+x@googlemail.com'],
    ['li.na@proton.me', 'li-na@protonmail.com'],
    ['a@icloud.com', 'a@me.com'],
    ['li.na@yandex.ru', 'li-na@ya.ru'],
    ['li-shop@yahoo.com', 'li@yahoo.com'],
    ['shop@li.fastmail.com', 'li+bank@fastmail.com'],
    ['a\u00ad@example.org', 'ａ@example.org'],
  ])('is the same however it is spelt: %s and %s', (one, other) => {
    expect(isSameMailbox(one, other)).toBe(true);
    expect(isSameAddress(one, other)).toBe(false);
  });

  it.each([
    ['li.na@example.org', 'lina@example.org'],
    ['a@mail.example.org', 'a@example.org'],
    ['+a@example.org', '+b@example.org'],
    ['zhang1@example.org', 'zhangl@example.org'],
    ['a@gmail.com', 'a@gmai1.com'],
  ])('is another one where it may be another person’s: %s and %s', (one, other) => {
    expect(isSameMailbox(one, other)).toBe(false);
  });

  it('folded again is as it was', () => {
    fc.assert(fc.property(fc.emailAddress(), (address) => foldMailbox(foldMailbox(address)) === foldMailbox(address)));
  });
});

describe('the fold, by which what is stored is found', () => {
  it('is not changed without a new version: a new Unicode in Node may change it too', () => {
    const hash = createHash('sha256');
    for (const each of everyCharacter()) hash.update(`${fold(each)}\n`);
    expect({ version: FOLD_VERSION, is: hash.digest('hex').slice(0, 16) }).toEqual({
      version: 2,
      is: 'f78bce0109ebb58e',
    });
  });
});

describe('a line that somebody typed', () => {
  it('is kept without what nobody sees', () => {
    for (const unseen of [
      '\u00ad',
      '\u2060',
      '\u2062',
      '\u034f',
      '\u3164',
      '\ufe0f',
      '\u{e0100}',
      '\u{e0041}',
      '\u200d',
    ])
      expect(line(60).parse(`乙${unseen}组织`)).toBe('乙组织');
  });

  it('keeps a picture that is made of several, and the mark that makes it one', () => {
    for (const picture of ['👨‍👩‍👧', '❤️', '👩🏽‍⚕️', '1️⃣']) expect(line(60).parse(`甲${picture}`)).toBe(`甲${picture}`);
  });
});
