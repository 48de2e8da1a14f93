import type * as z from 'zod';
import { type FieldProblem, Rejected } from './errors.ts';

type Issue = z.core.$ZodIssue;

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function describe(issue: Issue): { code: string; params?: Record<string, string | number> } {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'required' }
        : { code: 'wrong-type', params: { expected: issue.expected } };
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array')
        return Number(issue.minimum) === 1
          ? { code: 'required' }
          : { code: 'too-short', params: { minimum: Number(issue.minimum) } };
      return { code: 'too-small', params: { minimum: Number(issue.minimum) } };
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { code: 'too-long', params: { maximum: Number(issue.maximum) } }
        : { code: 'too-big', params: { maximum: Number(issue.maximum) } };
    case 'invalid_format':
      return { code: `not-${issue.format}` };
    case 'invalid_value':
    case 'invalid_union':
      if (issue.input === undefined) return { code: 'required' };
      return { code: issue.input === '' ? 'not-chosen' : 'not-a-choice' };
    case 'unrecognized_keys':
      return { code: 'unknown-field', params: { field: issue.keys.join(', ') } };
    case 'custom': {
      const { code, ...rest } = issue.params ?? {};
      const params = Object.entries(rest).filter(
        (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
      );
      return {
        code: typeof code === 'string' ? code : 'invalid',
        ...(params.length > 0 && { params: Object.fromEntries(params) }),
      };
    }
    default:
      return { code: 'invalid' };
  }
}

/** zod's issues as the field problems that forms and problem documents show. */
export function fieldProblems(issues: readonly Issue[]): FieldProblem[] {
  return issues.map((issue) => ({ pointer: pointer(issue.path), ...describe(issue) }));
}

/** Parses what came from outside; throws {@link Rejected} `invalid` with a problem for every wrong field. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw new Rejected('invalid', { fields: fieldProblems(result.error.issues) });
}
