import type { Example } from '../../operation.ts';

export function disclosure(): Record<string, Example> {
  return { policies: { summary: 'To write the policies', value: { reason: '出具保单' } } };
}
