import { isExpression } from '../expressions/expression.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** Fields that may hold any JSON with expressions in it: asl-validator knows fewer shapes of them than AWS takes. */
const TEMPLATES = new Set(['Output', 'Assign', 'Arguments', 'ItemSelector', 'Items', 'Credentials']);

/** Any well-formed expression stands for every other. */
const ANY_EXPRESSION = '{% true %}';

/**
 * A copy of a definition in which only structure is left to judge: templates are taken out, expressions stand for
 * themselves, and what asl-validator does not know yet is left away.
 */
export function skeleton(machine: JsonObject): JsonObject {
  const { ProcessorConfig: _inline, ...own } = machine;
  const out: JsonObject = { ...own, States: {} };
  const states = machine.States;
  if (!isJsonObject(states)) return out;
  const plain: JsonObject = {};
  for (const [name, state] of Object.entries(states)) plain[name] = isJsonObject(state) ? plainState(state) : state;
  return { ...out, States: plain };
}

function plainState(state: JsonObject): JsonObject {
  const out: JsonObject = {};
  for (const [field, value] of Object.entries(state)) {
    // `End: false` says nothing, but asl-validator knows only true.
    if (TEMPLATES.has(field) || (field === 'End' && value === false)) continue;
    out[field] = plainField(field, value, state.Type ?? null);
  }
  return out;
}

function plainField(field: string, value: Json, type: Json): Json {
  if (field === 'ItemProcessor' && isJsonObject(value)) return skeleton(value);
  if (field === 'Branches' && Array.isArray(value))
    return value.map((branch) => (isJsonObject(branch) ? skeleton(branch) : branch));
  if (field === 'Choices' && Array.isArray(value)) return value.map(plainRule);
  if ((field === 'Catch' || field === 'Retry') && Array.isArray(value)) return value.map(plainRule);
  if (type === 'Fail' && (field === 'Error' || field === 'Cause') && typeof value === 'string') return 'text';
  return isExpression(value) ? ANY_EXPRESSION : value;
}

function plainRule(rule: Json): Json {
  if (!isJsonObject(rule)) return rule;
  const out: JsonObject = {};
  for (const [field, value] of Object.entries(rule)) {
    if (TEMPLATES.has(field)) continue;
    if (field === 'Condition')
      out[field] = typeof value === 'boolean' ? ANY_EXPRESSION : isExpression(value) ? ANY_EXPRESSION : value;
    // A retrier's numbers may be expressions here; asl-validator knows numbers only.
    else out[field] = isExpression(value) ? 1 : value;
  }
  return out;
}
