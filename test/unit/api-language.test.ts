import { describe, expect, it } from 'vitest';
import { languageOf } from '../../functions/api/language.ts';

describe('the language of an answer', () => {
  it.each([
    [undefined, undefined, 'zh'],
    ['en', 'zh-CN', 'en'],
    ['fr', 'en-GB', 'en'],
    [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    [undefined, 'fr-FR, en;q=0.2, zh;q=0.7', 'zh'],
    [undefined, 'en;q=0, zh;q=0.1', 'zh'],
    [undefined, 'EN-us', 'en'],
    [undefined, ';;;q=,,=', 'zh'],
  ])('?lang=%s with Accept-Language %j is %s', (asked, header, expected) => {
    expect(languageOf(asked, header)).toBe(expected);
  });
});
