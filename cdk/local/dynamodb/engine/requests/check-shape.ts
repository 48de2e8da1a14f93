import { invalid, unreadable } from '../engine-error.ts';
import type { Shape, StructShape } from './shape.ts';
import { shownAs } from './shown-as.ts';

/** A request's input, as JSON gives it. */
export type Input = Readonly<Record<string, unknown>>;

export const isInput = (json: unknown): json is Input =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** How many faults AWS names at a time. */
const MOST_FAULTS = 10;

/**
 * Checks a request's fields, those inside others too. Throws in AWS's words: what has another type than the API has
 * there, else everything that breaks a constraint.
 */
export function checkShape(shape: StructShape, input: Input): void {
  const faults: string[] = [];
  checkFields(shape, input, '', faults);
  if (faults.length === 0) return;
  const told = faults.slice(0, MOST_FAULTS);
  throw invalid(`${told.length} validation error${told.length > 1 ? 's' : ''} detected: ${told.join('; ')}`);
}

function checkFields({ fields }: StructShape, input: Input, parent: string, faults: string[]): void {
  for (const name in fields) {
    const shape = fields[name];
    if (shape === undefined) continue;
    const value = input[name];
    if (value === undefined || value === null) {
      if (shape.required) faults.push(`Value null at '${pathOf(parent, name)}' ${broken}: Member must not be null`);
    } else check(shape, value, parent, name, faults);
  }
}

const broken = 'failed to satisfy constraint';

const pathOf = (parent: string, name: string): string => {
  const own = name.charAt(0).toLowerCase() + name.slice(1);
  return parent === '' ? own : `${parent}.${own}`;
};

function check(shape: Shape, value: unknown, parent: string, name: string, faults: string[]): void {
  const refuse = (constraint: string): void => {
    faults.push(`Value '${shownAs(shape, value)}' at '${pathOf(parent, name)}' ${broken}: Member must ${constraint}`);
  };
  switch (shape.is) {
    case 'text': {
      if (typeof value !== 'string') throw unexpected(value, 'String');
      if (shape.orArn && value.startsWith('arn:')) return;
      if (shape.oneOf && !shape.oneOf.includes(value)) refuse(`satisfy enum value set: [${shape.oneOf.join(', ')}]`);
      checkLength(shape, value.length, refuse);
      if (shape.pattern && value !== '' && !shape.pattern.whole.test(value)) {
        refuse(`satisfy regular expression pattern: ${shape.pattern.shown}`);
      }
      return;
    }
    case 'number':
      if (typeof value !== 'number') throw unexpected(value, shape.type);
      if (shape.from !== undefined && value < shape.from) refuse(`have value greater than or equal to ${shape.from}`);
      if (shape.to !== undefined && value > shape.to) refuse(`have value less than or equal to ${shape.to}`);
      return;
    case 'flag':
      if (typeof value !== 'boolean') throw unexpected(value, 'Boolean');
      return;
    case 'list':
      if (!Array.isArray(value)) throw notThat(value);
      checkLength(shape, value.length, refuse);
      value.forEach((each: unknown, at) => {
        checkMember(shape.of, each, `${pathOf(parent, name)}.${at + 1}`, faults);
      });
      return;
    case 'map':
      if (!isInput(value)) throw notThat(value);
      for (const key of Object.keys(value)) {
        checkMember(shape.of, value[key], `${pathOf(parent, name)}.${key}`, faults);
      }
      return;
    case 'struct':
      if (!isInput(value)) throw notThat(value);
      checkFields(shape, value, pathOf(parent, name), faults);
      return;
    case 'attributes':
      if (!isInput(value)) throw notThat(value);
  }
}

function checkMember(shape: Shape, value: unknown, parent: string, faults: string[]): void {
  if (value !== undefined && value !== null) check(shape, value, parent, 'member', faults);
}

function checkLength(
  { min, max }: { readonly min?: number; readonly max?: number },
  length: number,
  refuse: (constraint: string) => void,
): void {
  if (min !== undefined && length < min) refuse(`have length greater than or equal to ${min}`);
  if (max !== undefined && length > max) refuse(`have length less than or equal to ${max}`);
}

/** What AWS's reader says of a value where it expected another. */
function unexpected(value: unknown, wanted: string): Error {
  if (Array.isArray(value)) return unreadable(`Unrecognized collection type class java.lang.${wanted}`);
  if (typeof value === 'object') return unreadable('Start of structure or map found where not expected.');
  if (typeof value === 'string') return unreadable(`STRING_VALUE cannot be converted to ${wanted}`);
  if (typeof value === 'boolean')
    return unreadable(`${value ? 'TRUE' : 'FALSE'}_VALUE cannot be converted to ${wanted}`);
  return unreadable(`${Number.isInteger(value) ? 'NUMBER' : 'DECIMAL'}_VALUE cannot be converted to ${wanted}`);
}

const notThat = (value: unknown): Error =>
  unreadable(
    typeof value === 'object' ? 'Start of structure or map found where not expected.' : 'Unexpected field type',
  );
