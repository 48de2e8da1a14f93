import * as fc from 'fast-check';

/** Texts that break what is careless: markup, formulas, other scripts, control characters, halves of characters, size. */
export const oddText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '</textarea><script>alert(1)</script>',
    'javascript:alert(1)',
    '=HYPERLINK("http://x")',
    '{{7*7}}',
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '\u202e\u200b\ufeff',
    '１２３',
    '２０２０年二月三十日',
    '2020-02-30',
    '9999999999999999999',
    '-1',
    '1e400',
    'NaN',
    '../../etc/passwd',
    "' OR 1=1 --",
    '__proto__',
    'constructor',
    '%00%ff',
    'a\r\nSet-Cookie: x=1',
    '👩‍👩‍👧‍👦'.repeat(300),
    'x'.repeat(70_000),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

/** Values where something else was expected. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      0.5,
      1e308,
      Number.MAX_SAFE_INTEGER + 2,
      [],
      {},
      [[]],
      [null],
      { toString: 1 },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3000 }).map((length) => Array(length).fill({})) },
);

/** What may stand in a path's place or a query: as it is put into an address. */
export const oddPart = fc.oneof(
  fc.constantFrom('%', '%00', '%ff%fe', '..', '%2e%2e%2f', '.', '*', '__proto__', 'a'.repeat(5000), '%E6%8E', '-', '~'),
  oddText.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 8000)),
);
