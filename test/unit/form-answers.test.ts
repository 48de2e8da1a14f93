import { expect, test } from 'vitest';
import { hiddenFields, type Questions, readAnswers, rowsOf, rowsShown } from '../../functions/forms/answers.ts';
import type { Form } from '../../functions/web/read-form.ts';

const list = { name: 'volunteers', columns: ['name', 'phone', 'leftOut'] };
const questions: Questions = { single: ['activity'], list };

function formWith(fields: Readonly<Record<string, string>>): Form {
  const values = new Map(Object.entries(fields));
  return {
    get: (name) => values.get(name) ?? '',
    all: (name) => [values.get(name) ?? []].flat(),
    names: [...values.keys()],
    hasFiles: false,
    file: () => undefined,
  };
}

test('rows that a page carries along are the same when a browser sends them back, which ends each line with CR LF', () => {
  const rows = [
    { name: '王芳', phone: '138', leftOut: '' },
    { name: '李静', phone: '', leftOut: 'too-old' },
    { name: '周强', phone: '139', leftOut: '' },
  ];
  const typed = rows.flatMap((row, at) =>
    Object.entries(row).map(([column, value]) => [`volunteers.${at}.${column}`, value] as const),
  );
  const hidden = Object.fromEntries(
    hiddenFields(readAnswers(formWith(Object.fromEntries(typed)), questions), questions, () => false),
  );
  const packed = hidden['volunteers.packed'] ?? '';
  expect(packed.split('\n')).toHaveLength(3);
  for (const lineEnd of ['\n', '\r\n']) {
    const form = formWith({ 'volunteers.packed': packed.replaceAll('\n', lineEnd) });
    expect(rowsOf(readAnswers(form, questions), list)).toEqual(rows);
    expect(rowsShown(form, list)).toBe(3);
    expect(rowsOf(readAnswers(form, questions, 1), list)).toEqual([rows[0], rows[2]]);
  }
});
