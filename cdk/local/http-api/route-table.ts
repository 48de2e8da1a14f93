import type { RouteDefinition } from './definition.ts';

/** The route a request takes, and what its path gave. */
export interface RouteMatch {
  readonly route: RouteDefinition;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface RouteTable {
  /** `path` is decoded. Undefined when no route takes it: a 404. */
  match(method: string, path: string): RouteMatch | undefined;
}

interface Compiled {
  readonly route: RouteDefinition;
  readonly method: string;
  readonly segments: readonly string[];
}

const METHODS = new Set(['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
const PARAMETER = /^\{(?<name>[A-Za-z0-9._:-]+)(?<greedy>\+)?\}$/;

function compile(route: RouteDefinition): Compiled {
  const [method = '', path = '', ...more] = route.routeKey.split(' ');
  const segments = path.slice(1).split('/');
  const misplaced = segments.slice(0, -1).some((segment) => PARAMETER.exec(segment)?.groups?.greedy !== undefined);
  if (!METHODS.has(method) || !path.startsWith('/') || more.length > 0 || misplaced) {
    throw new Error(`The route key "${route.routeKey}" is not one that an HTTP API takes`);
  }
  return { route, method, segments };
}

/** Literal before parameter before the rest of the path, segment by segment; then the method before ANY. */
function rank({ segments, method }: Compiled): string {
  const kinds = segments.map((segment) => {
    const groups = PARAMETER.exec(segment)?.groups;
    if (groups === undefined) return '0';
    return groups.greedy === undefined ? '1' : '2';
  });
  return `${kinds.at(-1) === '2' ? '1' : '0'}${kinds.join('')}~${method === 'ANY' ? '1' : '0'}`;
}

function parametersOf(segments: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const groups = PARAMETER.exec(segment)?.groups;
    const value = path[index];
    if (value === undefined) return undefined;
    if (groups?.name === undefined) {
      if (segment !== value) return undefined;
    } else if (groups.greedy !== undefined) {
      const rest = path.slice(index).join('/');
      return rest === '' ? undefined : { ...found, [groups.name]: rest };
    } else {
      if (value === '') return undefined;
      found[groups.name] = value;
    }
  }
  return segments.length === path.length ? found : undefined;
}

/**
 * Finds routes as an HTTP API does: the full match, then the one with a greedy variable, then `$default`; of several the
 * most specific. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * Throws for a route key that it would not take.
 */
export function createRouteTable(routes: readonly RouteDefinition[]): RouteTable {
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  const compiled = routes
    .filter((route) => route !== fallback)
    .map(compile)
    .map((route) => ({ ...route, rank: rank(route) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return {
    match(method, path) {
      const segments = path.slice(1).split('/');
      for (const candidate of compiled) {
        if (candidate.method !== 'ANY' && candidate.method !== method) continue;
        const pathParameters = parametersOf(candidate.segments, segments);
        if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
      }
      return fallback === undefined ? undefined : { route: fallback, pathParameters: {} };
    },
  };
}
