import type { Kind } from '../domain/ids.ts';
import type { CaseOf } from './case.ts';
import type { Details } from './define.ts';
import { kindsOfCase } from './index.ts';

/** What texts may name of a case beyond its number. */
export function detailsOf<K extends Kind>(subject: CaseOf<K>, now: number): Details {
  return kindsOfCase[subject.kind].details(subject, now);
}
