import type { HttpApiDefinition } from '../http-api/definition.ts';
import type { ApiSpec, Blueprint } from '../template/blueprint.ts';
import { TemplateError } from '../template/template-error.ts';

/** The definition of the stack's HTTP API; undefined when it has none. Throws when it has several, or no stage. */
export function apiDefinition({ apis, accountId }: Blueprint): HttpApiDefinition | undefined {
  const [api, other] = apis;
  if (api === undefined) return undefined;
  if (other !== undefined) throw new TemplateError(`${other.logicalId}: one HTTP API is served here.`);
  if (api.throttling === undefined) throw new TemplateError(`${api.logicalId} has no stage.`);
  return {
    apiId: api.id,
    accountId,
    stage: '$default',
    payloadFormatVersion: '2.0',
    throttling: api.throttling,
    ...(api.cors && { cors: api.cors }),
    ...(api.stageVariables && { stageVariables: api.stageVariables }),
    routes: api.routes.map((route) => {
      const throttling = api.routeThrottling.get(route.routeKey);
      return { ...route, ...(throttling && { throttling }) };
    }),
  };
}

/** Throws when the API may not invoke the function of a route: AWS would answer every request with 500. */
export function requireInvokePermissions(api: ApiSpec, { permissions }: Blueprint): void {
  for (const { routeKey, functionArn } of api.routes) {
    const [method = '', path = ''] = routeKey === '$default' ? ['$default', ''] : routeKey.split(' ');
    const source = `${api.arn}/$default/${method === 'ANY' ? '*' : method}${path}`;
    const allowed = permissions.some(
      (each) =>
        each.functionArn === functionArn &&
        each.principal === 'apigateway.amazonaws.com' &&
        (each.sourceArn === undefined || matches(each.sourceArn, source)),
    );
    if (!allowed) throw new TemplateError(`${api.logicalId}: the route ${routeKey} may not invoke ${functionArn}.`);
  }
}

function matches(pattern: string, source: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`).test(source);
}
