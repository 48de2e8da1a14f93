import { operations } from './areas.ts';
import { apiRoot, type Operation } from './operation.ts';

/** A part of the API into which API Gateway lets nobody without a token of the issuer. */
export interface TokenArea {
  /** what its paths begin with */
  readonly path: string;
  /** left out: any */
  readonly method?: Operation['method'];
}

/** Where every operation, or every one of a method, is somebody's, the gateway asks for the token already. */
function tokenAreasOf(all: readonly Operation[]): TokenArea[] {
  const areas = Map.groupBy(all, ({ path }) => path.split('/', 2).join('/'));
  return [...areas].flatMap(([area, found]): TokenArea[] => {
    const path = apiRoot + area;
    if (found.every(({ access }) => access === 'token')) return [{ path }];
    const methods = Map.groupBy(found, ({ method }) => method);
    return [...methods].flatMap(([method, some]) =>
      some.every(({ access }) => access === 'token') ? [{ path, method }] : [],
    );
  });
}

/** Follows from the access of the operations. */
export const tokenAreas: readonly TokenArea[] = tokenAreasOf(Object.values(operations));
