import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../shared/domain/same/fold.ts';
import { line, optionalLine, optionalProse, prose } from '../../shared/domain/text.ts';

const anyText = fc.string({ unit: 'binary' });

describe('a line that somebody typed', () => {
  it('is kept as one line without spaces around it and without characters that nobody sees', () => {
    expect(line(60).parse('  江城\t\u200b第一\n医院\u202e ')).toBe('江城 第一 医院');
    for (const accented of ['e\u0301', 'e\u200b\u0301']) expect(line(60).parse(accented)).toBe('\u00e9');
    expect(line(60).safeParse('\ud83d').success).toBe(false);
  });

  it('is never longer than allowed, never empty, and stays as it is when it comes again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = line(20).safeParse(text);
        if (!result.success) return;
        expect(result.data.length).toBeGreaterThan(0);
        expect(result.data.length).toBeLessThanOrEqual(20);
        expect(result.data).not.toMatch(/\p{Cc}|\n|^\s|\s$/u);
        expect(line(20).parse(result.data)).toBe(result.data);
      }),
    );
  });

  it('may be left empty where it need not be there: then it is absent', () => {
    for (const empty of ['', '  ', '\u200b', undefined]) {
      expect(optionalLine(10).parse(empty)).toBeUndefined();
      expect(optionalProse(10).parse(empty)).toBeUndefined();
    }
  });
});

describe('text of several lines', () => {
  it('keeps its lines, whatever system they were typed on', () => {
    expect(prose(60).parse('一\r\n二\r三\n')).toBe('一\n二\n三');
    expect(prose(60).safeParse(' \n ').success).toBe(false);
    expect(optionalProse(3).safeParse('四个字的').success).toBe(false);
  });
});

describe('two spellings of a name', () => {
  it('are one when they differ in width, case, spaces, brackets and dots only', () => {
    const same = ['某某（江城）医院 A·B', '某某(江城)医院ａ.ｂ', '某某 江城 医院AB', '某某【江城】医院A-B'];
    expect(new Set(same.map(fold)).size).toBe(1);
    expect(fold('e-\u0301')).toBe(fold('\u00e9'));
    expect(fold('甲医院')).not.toBe(fold('乙医院'));
  });

  it('are compared by what is left, which does not change when folded again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});
