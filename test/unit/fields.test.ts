import { describe, expect, it } from 'vitest';
import { deskForm } from '../../functions/console/entry/desk-form.tsx';
import { columnLabel } from '../../functions/console/import-needs/column-label.ts';
import { labelsOf } from '../../functions/forms/description.ts';
import { kinds } from '../../shared/domain/ids.ts';
import { languages } from '../../shared/domain/language.ts';
import { fieldsOf } from '../../shared/kinds/fields.ts';
import { needColumns } from '../../shared/kinds/need/import/columns.ts';
import { kindWords } from '../../shared/kinds/words.ts';

describe.each(languages)('in %s', (language) => {
  it.each(kinds)('a field of a %s has one label at every door, and no two fields have the same', (kind) => {
    const labels = labelsOf(language, kind);
    const desk = deskForm(language, kind, 'behalf').labels;
    for (const [name, label] of Object.entries(labels)) if (name !== 'consent') expect(desk[name], name).toBe(label);
    // a group is called as the part that stands for it: whom to ask is the contact
    const groups = Object.entries(fieldsOf[kind]).flatMap(([name, { widget }]) => (widget === 'group' ? [name] : []));
    const single = Object.entries(labels).filter(([name]) => !groups.includes(name));
    expect(new Set(single.map(([, label]) => label)).size).toBe(single.length);
  });

  it('what several kinds ask is called alike by all of them', () => {
    const [first = kinds[0], ...others] = kinds;
    const labels = labelsOf(language, first);
    for (const kind of others)
      for (const [name, label] of Object.entries(labelsOf(language, kind)))
        if (name in labels) expect(label, `${kind} ${name}`).toBe(labels[name]);
  });

  it('a column of a sheet is called as the field that it fills', () => {
    const labels: string[] = Object.values(labelsOf(language, 'need'));
    const parts = kindWords[language].need.fields.lines.parts;
    for (const { label } of Object.values(parts)) labels.push(label);
    labels.push(...Object.values(kindWords[language].need.told));
    for (const { field } of needColumns) expect(labels, field).toContain(columnLabel(language, field));
  });
});
