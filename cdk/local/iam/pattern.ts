const compiled = new Map<string, RegExp>();

function expression(pattern: string, anything: string, one: string, flags: string): RegExp {
  const key = `${flags} ${anything} ${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const source = pattern
    .replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
    .replaceAll('*', anything)
    .replaceAll('?', one);
  const made = new RegExp(`^${source}$`, flags);
  compiled.set(key, made);
  return made;
}

/** A text with wildcards, `*` for any number of characters and `?` for one, as in StringLike and in actions (where case does not count). */
export function wildcard(pattern: string, caseCounts = true): RegExp {
  return expression(pattern, '[^]*', '[^]', caseCounts ? '' : 'i');
}

/** The parts of an ARN: five between colons, then all the rest. */
function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/**
 * Whether an ARN is one that a pattern means. A wildcard stays within its part of the ARN; only one at the very end goes beyond.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = partsOf(pattern);
  const last = wanted.length - 1;
  const given = arn.split(':');
  if (given.length < wanted.length || (wanted.length < 6 && !pattern.endsWith('*'))) return false;
  return wanted.every((part, index) =>
    index === last
      ? wildcard(part).test(given.slice(index).join(':'))
      : expression(part, '[^:]*', '[^:]', '').test(given[index] ?? ''),
  );
}

/**
 * Whether two ARNs are the same part by part, as ArnEquals and ArnLike compare them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function sameArn(pattern: string, arn: string): boolean {
  const wanted = partsOf(pattern);
  const given = partsOf(arn);
  return (
    wanted.length === 6 && given.length === 6 && wanted.every((part, index) => wildcard(part).test(given[index] ?? ''))
  );
}
