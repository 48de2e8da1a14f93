import type { HttpApiDefinition } from '../http-api/definition.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { TemplateError } from '../template/template-error.ts';

/**
 * The definition of the stack's HTTP API; undefined when it has none. Throws when it has several, no stage, or settings
 * for a route that is not there.
 */
export function apiDefinition({ apis, accountId }: Blueprint): HttpApiDefinition | undefined {
  const [api, other] = apis;
  if (api === undefined) return undefined;
  if (other !== undefined) throw new TemplateError(`${other.logicalId}: one HTTP API is served here.`);
  if (api.throttling === undefined) throw new TemplateError(`${api.logicalId} has no stage.`);
  for (const key of api.routeThrottling.keys()) {
    if (api.routes.every(({ routeKey }) => routeKey !== key)) {
      throw new TemplateError(`${api.logicalId}: Unable to find Route by key ${key} within the provided RouteSettings`);
    }
  }
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
