import { describe, expect, it } from 'vitest';
import { createRouteTable } from '../../cdk/local/http-api/route-table.ts';
import { operations } from '../../functions/api/areas.ts';
import { apiRoot } from '../../functions/api/operation.ts';
import { ofType, ownIssuer, templateOf } from './template.ts';

const routes = ofType(templateOf(ownIssuer), 'AWS::ApiGatewayV2::Route').map(({ Properties }) => ({
  routeKey: String(Properties.RouteKey),
  functionArn: JSON.stringify(Properties.Target),
  asksForToken: Properties.AuthorizationType === 'JWT',
}));
const table = createRouteTable(routes);

/** The route that a request takes. */
function taken(method: string, path: string) {
  const key = table.match(method, path)?.route.routeKey;
  return routes.find(({ routeKey }) => routeKey === key);
}

/** What a route leads to, told by another request that leads there. */
const to = {
  site: taken('GET', '/')?.functionArn,
  console: taken('GET', '/console')?.functionArn,
  api: taken('GET', `${apiRoot}/openapi.json`)?.functionArn,
};

describe('the HTTP API', () => {
  it('has three functions behind it', () => {
    expect(new Set(Object.values(to)).size).toBe(3);
  });

  it.each(Object.values(operations))(
    'asks for a token exactly where the operation does: $method $path ($access)',
    (operation) => {
      const path = apiRoot + operation.path.replaceAll(/\{\w+\}/g, 'X');
      const route = taken(operation.method.toUpperCase(), path);
      expect(route).toMatchObject({ functionArn: to.api, asksForToken: operation.access === 'token' });
    },
  );

  it.each([
    ['GET', '/needs/new', to.site],
    ['POST', '/track/secret', to.site],
    ['GET', '/assets/x/app.css', to.site],
    ['GET', '/console/cases/N000000000', to.console],
    ['POST', '/console/imports', to.console],
    ['GET', '/consoles', to.site],
  ])('brings %s %s to where it belongs, without a token', (method, path, functionArn) => {
    expect(taken(method, path)).toMatchObject({ functionArn, asksForToken: false });
  });
});
