import * as z from 'zod';
import { type Kind, kinds } from '../../shared/domain/ids.ts';
import { besidesOf, stagesOf } from '../../shared/kinds/lifecycle.ts';
import { grantApi } from './grant/api.ts';
import { insuranceApi } from './insurance/api.ts';
import type { KindApi } from './kind-api.ts';
import { needApi } from './need/api.ts';

/** What the API needs of each kind of case: the only list. Apart from that of the pages, which an API has none of. */
export const kindApis: { readonly [K in Kind]: KindApi<K> } = {
  need: needApi,
  grant: grantApi,
  insurance: insuranceApi,
};

/** A case as one viewer sees it. */
export const CaseView = z.discriminatedUnion('kind', [needApi.view, grantApi.view, insuranceApi.view]);
export type CaseView = z.infer<typeof CaseView>;

/** Something for each kind, in their order. */
export function ofEachKind<T>(
  make: (kind: Kind, api: Pick<KindApi<Kind>, 'view' | 'draft' | 'submit'>) => T,
): readonly [T, ...T[]] {
  const [first, ...others] = kinds;
  return [make(first, kindApis[first]), ...others.map((kind) => make(kind, kindApis[kind]))];
}

/** What may be answered about a case, by the names of the document. */
export const decisionSchemas = decisionsOf(kinds);

/** The same of those kinds in which something may be done beside the open question. */
export const besideSchemas = decisionsOf(
  kinds.filter((kind) => stagesOf(kind).some((stage) => besidesOf(kind, stage).length > 0)),
);

function decisionsOf(some: readonly Kind[]): Readonly<Record<string, z.ZodType>> {
  return Object.assign({}, ...some.map((kind) => kindApis[kind].decision));
}
