import { type Policy, type Request, type Verdict, verdictOf } from './policy.ts';

/** How a call within one account was decided, and by which kind of policy. */
export type Judgement =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly by: 'identity' | 'resource'; readonly explicit: boolean };

/** Whose own policy must let in even those whom their roles' policies allow: without it nobody uses a key. */
const needsOwn = (action: string): boolean => action.startsWith('kms:');

/**
 * Decides a call within one account: a denial anywhere wins; else one of the two kinds must allow, and a key's own policy in any case.
 * `resource` is undefined where the resource has no policy. A service has no policies of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function judge(identity: readonly Policy[], resource: Policy | undefined, request: Request): Judgement {
  const own: Verdict = request.principal.kind === 'service' ? 'silent' : verdictOf(identity, request);
  const its: Verdict = resource === undefined ? 'silent' : verdictOf([resource], request);
  if (own === 'denied') return { allowed: false, by: 'identity', explicit: true };
  if (its === 'denied') return { allowed: false, by: 'resource', explicit: true };
  if (its === 'allowed') return { allowed: true };
  const closed = needsOwn(request.action) && its === 'silent';
  if (own === 'allowed' && !closed) return { allowed: true };
  return {
    allowed: false,
    by: own === 'allowed' || request.principal.kind === 'service' ? 'resource' : 'identity',
    explicit: false,
  };
}
