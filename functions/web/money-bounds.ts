import { formatFen } from '../../shared/domain/money.ts';

const BOUNDS: ReadonlySet<string> = new Set(['maximum', 'minimum']);
/** The last part of the name of a field that holds money. */
const MONEY = /(?:^|[./])(?:amount|spent|ceiling|secondApprovalAbove|budget)$/;

/**
 * The bounds of an amount in yuan, as it is typed; the schemas keep them in fen.
 * @param field the field's name or pointer; the bounds of what is no money stay as they are
 */
export function boundsInYuan<P extends { readonly params?: Readonly<Record<string, string | number>> }>(
  problem: P,
  field: string,
): P {
  if (!problem.params || !MONEY.test(field)) return problem;
  const params = Object.entries(problem.params).map(([name, value]) => [
    name,
    BOUNDS.has(name) && typeof value === 'number' ? formatFen(value) : value,
  ]);
  return { ...problem, params: Object.fromEntries(params) };
}
