import { textOf } from '../../shared/i18n/lookup.ts';
import type { AnyPart } from '../../shared/kinds/define.ts';
import type { SummaryRow } from '../web/summary-list.tsx';
import { type Description, partsOf, textAt } from './description.ts';
import type { OwnFields, Shown } from './own.ts';

/** The rows of a check page, or of facts: each answer beside its label. */
export function showFields(
  { fields, texts }: Pick<Description, 'fields' | 'texts'>,
  names: readonly string[],
  page: Shown,
  own: OwnFields = {},
): SummaryRow[] {
  const value = (name: string) => page.answers.get(name) ?? '';

  function rows(name: string, part: AnyPart): SummaryRow[] {
    const text = textAt(texts, name);
    const label = text?.label ?? name;
    switch (part.widget) {
      case 'own':
      case 'rows':
        return [];
      case 'group':
        return partsOf(part).flatMap(([inner, each]) => rows(`${name}.${inner}`, each));
      case 'place':
        return [
          {
            label,
            value: partsOf(part)
              .map(([inner]) => value(`${name}.${inner}`))
              .join(' '),
          },
        ];
      case 'choice':
        return [{ label, value: value(name) && textOf(text?.choices ?? {}, value(name)) }];
      default:
        return [{ label, value: value(name) }];
    }
  }

  return names.flatMap((name) => {
    const field = fields[name];
    return own[name]?.show?.(page) ?? (field ? rows(name, field) : []);
  });
}
