import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { organizationTypes } from '../../shared/domain/applicant.ts';
import { rejectionCodes } from '../../shared/domain/errors.ts';
import { kinds } from '../../shared/domain/ids.ts';
import { itemGroups } from '../../shared/domain/item-group.ts';
import { languages } from '../../shared/domain/language.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { fieldText, refusalText } from '../../shared/i18n/errors.ts';
import { newsText, outcomeText, stageText } from '../../shared/i18n/kind-text.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { unreadableFileText } from '../../shared/i18n/spreadsheet.ts';
import type { RosterProblemCode } from '../../shared/kinds/insurance/roster/check-roster.ts';
import type { RosterFile } from '../../shared/kinds/insurance/roster/read-roster-sheet.ts';
import { lifecycleOf, stagesOf } from '../../shared/kinds/lifecycle.ts';
import { careTiers, urgencies } from '../../shared/kinds/need/input.ts';
import { kindWords } from '../../shared/kinds/words.ts';
import { unreadableFileCodes } from '../../shared/spreadsheet/unreadable-file.ts';

/** Every code that a field can have, as the code that makes it spells it beside the field's pointer. */
const fieldCodes = ['shared', 'functions'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(/pointer: [^\n]{1,80}, code: '([a-z-]+)'/g),
    ])
    .map((match) => match[1] ?? ''),
);

/** Every code that a roster or a row of it can have: one that is missing here is an error of types. */
const rosterCodes: Record<RosterProblemCode | Extract<RosterFile, { ok: false }>['code'], true> = {
  'columns-missing': true,
  'no-volunteers': true,
  'too-many-volunteers': true,
  required: true,
  'name-implausible': true,
  'phone-not-mobile': true,
  'too-young': true,
  'too-old': true,
  'double-in-file': true,
  'identity-old': true,
  'identity-digits-lost': true,
  'identity-length': true,
  'identity-characters': true,
  'identity-region': true,
  'identity-birth-date': true,
  'identity-check-digit': true,
};

describe.each(languages)('in %s', (language) => {
  it('every stage and outcome that a lifecycle knows has a name', () => {
    for (const kind of kinds) {
      for (const stage of stagesOf(kind)) expect(stageText(language, kind, stage), stage).not.toBe(stage);
      for (const edge of lifecycleOf(kind)) expect(outcomeText(language, kind, edge.on), edge.on).not.toBe(edge.on);
    }
  });

  it('the applicant is mailed of the same outcomes as in the other languages', () => {
    const told = (each: (typeof languages)[number]) =>
      kinds.flatMap((kind) =>
        lifecycleOf(kind).flatMap(({ on, to }) => (newsText(each, kind, on, to) ? [`${kind} ${on}`] : [])),
      );
    expect(told(language)).toEqual(told('zh'));
    expect(told(language)).not.toHaveLength(0);
  });

  it('what the checks of a kind notice is named as in the other languages', () => {
    for (const kind of kinds)
      expect(Object.keys(kindWords[language][kind].findings)).toEqual(Object.keys(kindWords.zh[kind].findings));
  });

  it('every code of a field has words', () => {
    expect(fieldCodes.length).toBeGreaterThan(20);
    for (const code of new Set(fieldCodes))
      expect([code, fieldText(language, { pointer: '', code })]).not.toEqual([code, code]);
  });

  it('every refusal, file problem and roster problem says what is wrong, with its numbers filled in', () => {
    const params = {
      record: 'B0123456AB',
      by: 'x',
      parties: 'hub, insurer',
      at: '2020-02-01T00:00:00.000Z',
      outcome: 'approved',
      fen: 100,
      date: '2020-02-01',
      minutes: 3,
      from: '2020-02-01',
      to: '2020-02-03',
      maximum: 5,
    };
    for (const code of Object.keys(rejectionCodes)) {
      if (!isRejectionCode(code)) throw new Error(code);
      expect(refusalText(language, code, params), code).not.toMatch(/[{}]|undefined/);
    }
    for (const code of unreadableFileCodes) expect(unreadableFileText(language, { code, line: 3 })).not.toMatch(/[{}]/);
    for (const code of Object.keys(rosterCodes)) {
      const text = fieldText(language, {
        pointer: '',
        code,
        params: { age: 17, line: 3, columns: 'x', count: 1701, maximum: 1700 },
      });
      expect(text, code).not.toBe(code);
      expect(text, code).not.toMatch(/[{}]/);
    }
  });

  it('every choice of a form has a name', () => {
    const texts = domainText[language];
    const { organizationType, urgency, careTier } = kindWords[language].need.fields;
    expect(Object.keys(organizationType.choices)).toEqual([...organizationTypes]);
    expect(Object.keys(urgency.choices)).toEqual([...urgencies]);
    expect(Object.keys(careTier.choices)).toEqual([...careTiers]);
    expect(Object.keys(texts.itemGroups)).toEqual([...itemGroups]);
  });
});

it('the English texts have no Chinese left in them', () => {
  expect(JSON.stringify(domainText.en)).not.toMatch(/\p{Script=Han}/u);
});

it('a text has the word for one, and the other for any other number', () => {
  const text = 'Found in {count} {count|place|places}, kept in {kept}';
  expect(fill(text, { count: 1, kept: 1 })).toBe('Found in 1 place, kept in 1');
  for (const count of [0, 2, '1,000'])
    expect(fill(text, { count, kept: 0 })).toBe(`Found in ${count} places, kept in 0`);
  expect(fill(text, {})).toBe(text);
});

function isRejectionCode(code: string): code is keyof typeof rejectionCodes {
  return Object.hasOwn(rejectionCodes, code);
}
