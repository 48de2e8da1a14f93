import { invalid } from '../engine-error.ts';
import { parseValue, typeOf } from '../values/index.ts';
import { isInput } from './check-shape.ts';
import type { Substitutes } from './legacy-expressions.ts';

const wrong = (what: string) => invalid(`One or more parameter values were invalid: ${what}`);

type Section = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';

/** The update expression that says the same as `AttributeUpdates`; undefined when these change nothing. */
export function updateText(json: unknown, substitutes: Substitutes): string | undefined {
  if (!isInput(json)) return undefined;
  const sections = new Map<Section, string[]>();
  for (const [name, update] of Object.entries(json)) {
    const { Action = 'PUT', Value } = isInput(update) ? update : {};
    const [section, action] = actionText(name, String(Action), Value ?? undefined, substitutes);
    sections.set(section, [...(sections.get(section) ?? []), action]);
  }
  if (sections.size === 0) return undefined;
  return [...sections].map(([section, actions]) => `${section} ${actions.join(', ')}`).join(' ');
}

function actionText(
  name: string,
  action: string,
  value: unknown,
  substitutes: Substitutes,
): readonly [Section, string] {
  if (value === undefined) {
    if (action !== 'DELETE') throw wrong('Only DELETE action is allowed when no attribute value is specified');
    return ['REMOVE', substitutes.name(name)];
  }
  const type = typeOf(parseValue(value));
  const isSet = type === 'SS' || type === 'NS' || type === 'BS';
  if (action === 'DELETE') {
    if (!isSet) throw wrong(`DELETE action with value is not supported for the type ${type}`);
    return ['DELETE', `${substitutes.name(name)} ${substitutes.value(value)}`];
  }
  if (action === 'PUT') return ['SET', `${substitutes.name(name)} = ${substitutes.value(value)}`];
  if (type === 'L') {
    const attribute = substitutes.name(name);
    const none = substitutes.value({ L: [] });
    const more = substitutes.value(value);
    return ['SET', `${attribute} = list_append(if_not_exists(${attribute}, ${none}), ${more})`];
  }
  if (!isSet && type !== 'N') throw wrong(`ADD action is not supported for the type ${type}`);
  return ['ADD', `${substitutes.name(name)} ${substitutes.value(value)}`];
}
