import { formatFen } from '../../shared/domain/money.ts';
import type { AnyFields, AnyPart } from '../../shared/kinds/define.ts';
import type { Answers } from './answers.ts';
import { partsOf } from './description.ts';
import type { OwnFields } from './own.ts';

function inner(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function filled(name: string, part: AnyPart, value: unknown): [string, string][] {
  switch (part.widget) {
    case 'own':
      return [];
    case 'rows':
      return (Array.isArray(value) ? value : []).flatMap((row, index) => inside(`${name}.${index}`, part, row));
    case 'group':
    case 'place':
      return inside(name, part, value);
    case 'yuan':
      return [[name, typeof value === 'number' ? formatFen(value) : '']];
    default:
      return [[name, value === undefined || value === null ? '' : String(value)]];
  }
}

function inside(name: string, part: AnyPart, value: unknown): [string, string][] {
  return partsOf(part).flatMap(([key, each]) => filled(`${name}.${key}`, each, inner(value, key)));
}

/** What a case says already, as a form about it has it before anybody typed. */
export function fillIn(fields: AnyFields, subject: object, own: OwnFields = {}): Answers {
  return new Map(
    Object.entries(fields).flatMap(([name, field]) =>
      own[name]?.fill ? [...own[name].fill(subject)] : filled(name, field, inner(subject, name)),
    ),
  );
}
