import { z } from 'zod';
import type { Throttling } from '../../http-api/definition.ts';
import { createRouteTable } from '../../http-api/route-table.ts';
import type { ApiSpec, Blueprint } from '../blueprint.ts';
import { boolean, checked, ignored, numeric, read, whole } from '../properties.ts';
import { arnOf, type Declared, hashOf, type Reader } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const cors = z.strictObject({
  AllowCredentials: boolean.optional(),
  AllowHeaders: z.array(z.string()).optional(),
  AllowMethods: z.array(z.string()).optional(),
  AllowOrigins: z.array(z.string()).optional(),
  ExposeHeaders: z.array(z.string()).optional(),
  MaxAge: numeric.optional(),
});
const apiProperties = z.strictObject({
  Name: z.string().optional(),
  ProtocolType: z.literal('HTTP'),
  CorsConfiguration: cors.optional(),
  Description: ignored,
  // The other name of an API; where it is served here is one address anyway.
  DisableExecuteApiEndpoint: ignored,
  IpAddressType: ignored,
  Tags: ignored,
  Version: ignored,
});

export const readApi: Reader = (resource, into) => {
  const { CorsConfiguration: given } = read(resource, apiProperties);
  const id = hashOf(resource, 'api').slice(0, 10);
  into.apis.push({
    logicalId: resource.logicalId,
    id,
    arn: arnOf(resource, 'execute-api', id),
    integrations: new Map(),
    authorizers: new Map(),
    routes: [],
    routeThrottling: new Map(),
    cors: given && {
      ...(given.AllowCredentials !== undefined && { allowCredentials: given.AllowCredentials }),
      ...(given.AllowHeaders && { allowHeaders: given.AllowHeaders }),
      ...(given.AllowMethods && { allowMethods: given.AllowMethods }),
      ...(given.AllowOrigins && { allowOrigins: given.AllowOrigins }),
      ...(given.ExposeHeaders && { exposeHeaders: given.ExposeHeaders }),
      ...(given.MaxAge !== undefined && { maxAge: given.MaxAge }),
    },
  });
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: resource.url } };
};

function apiOf(resource: Declared, into: Blueprint, id: string): ApiSpec {
  const api = into.apis.find((each) => each.id === id);
  if (api === undefined) throw new TemplateError(`${resource.logicalId} names an API that is not here: ${id}`);
  return api;
}

const integrationProperties = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string().regex(/:function:/, 'only functions can be called here'),
  IntegrationMethod: ignored,
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: whole(50, 30_000).optional(),
  Description: ignored,
});

export const readIntegration: Reader = (resource, into) => {
  const properties = read(resource, integrationProperties);
  const id = hashOf(resource, 'integration').slice(0, 7);
  // The plain ARN, or the older form of API Gateway around it.
  const [functionArn = ''] = /arn:[^:]+:lambda:[^/]+/.exec(properties.IntegrationUri) ?? [];
  apiOf(resource, into, properties.ApiId).integrations.set(id, {
    functionArn,
    ...(properties.TimeoutInMillis !== undefined && { timeoutMs: properties.TimeoutInMillis }),
  });
  return { ref: id };
};

const authorizerProperties = z.strictObject({
  ApiId: z.string(),
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z
    .array(z.string().regex(/^\$request\.(header|querystring)\.[^.]+$/, 'a header or a parameter of the query'))
    .min(1)
    .max(1),
  JwtConfiguration: z.strictObject({ Audience: z.array(z.string()), Issuer: z.string() }),
  Name: z.string(),
});

export const readAuthorizer: Reader = (resource, into) => {
  const properties = read(resource, authorizerProperties);
  const id = hashOf(resource, 'authorizer').slice(0, 6);
  const [identitySource = ''] = properties.IdentitySource;
  apiOf(resource, into, properties.ApiId).authorizers.set(id, {
    issuer: properties.JwtConfiguration.Issuer,
    audience: properties.JwtConfiguration.Audience,
    identitySource,
  });
  return { ref: id, attributes: { AuthorizerId: id } };
};

const routeProperties = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\//),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).optional(),
  OperationName: ignored,
});

export const readRoute: Reader = (resource, into) => {
  const properties = read(resource, routeProperties);
  const api = apiOf(resource, into, properties.ApiId);
  const integration = api.integrations.get(properties.Target.slice('integrations/'.length));
  const authorizer = properties.AuthorizerId === undefined ? undefined : api.authorizers.get(properties.AuthorizerId);
  if (integration === undefined) throw new TemplateError(`${resource.logicalId} has no integration.`);
  if (properties.AuthorizationType === 'JWT' && authorizer === undefined) {
    throw new TemplateError(`${resource.logicalId} has no authorizer.`);
  }
  const route = {
    routeKey: properties.RouteKey,
    ...integration,
    ...(authorizer && { authorizer }),
    ...(properties.AuthorizationScopes && { authorizationScopes: properties.AuthorizationScopes }),
  };
  checked(resource, () => createRouteTable([route]));
  api.routes.push(route);
  return { ref: hashOf(resource, 'route').slice(0, 7) };
};

const settings = z.strictObject({
  ThrottlingBurstLimit: whole(0, 1_000_000).optional(),
  ThrottlingRateLimit: numeric.optional(),
  DetailedMetricsEnabled: ignored,
});
const stageProperties = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default', 'only the stage $default is served here'),
  AutoDeploy: z.literal(true, 'an API without automatic deployment serves nothing here'),
  DefaultRouteSettings: settings.optional(),
  RouteSettings: z.record(z.string(), settings).default({}),
  StageVariables: z.record(z.string(), z.string()).optional(),
  AccessLogSettings: ignored,
  Description: ignored,
  Tags: ignored,
});

const domainProperties = z.strictObject({
  DomainName: z.string(),
  DomainNameConfigurations: z.array(
    z.strictObject({
      CertificateArn: ignored,
      EndpointType: z.literal('REGIONAL').optional(),
      IpAddressType: ignored,
      SecurityPolicy: ignored,
    }),
  ),
  // who ends TLS before the port also says whom it lets in
  MutualTlsAuthentication: ignored,
  Tags: ignored,
});

/** A name of one's own for an API. Whatever it is called by, it is served at one address here. */
export const readDomainName: Reader = (resource) => {
  const { DomainName } = read(resource, domainProperties);
  const attributes = { RegionalDomainName: new URL(resource.url).hostname, RegionalHostedZoneId: 'Z0' };
  return { ref: DomainName, attributes };
};

const mappingProperties = z.strictObject({
  ApiId: z.string(),
  ApiMappingKey: z.literal('', 'an API is served at the root of its address here').optional(),
  DomainName: z.string(),
  Stage: z.string(),
});

export const readApiMapping: Reader = (resource, into) => {
  apiOf(resource, into, read(resource, mappingProperties).ApiId);
  return { ref: resource.logicalId };
};

/** An account's default for HTTP APIs in most regions. */
const accountLimit: Throttling = { burst: 5_000, rate: 10_000 };

const throttling = (given: z.output<typeof settings>): Throttling => ({
  burst: given.ThrottlingBurstLimit ?? accountLimit.burst,
  rate: given.ThrottlingRateLimit ?? accountLimit.rate,
});

export const readStage: Reader = (resource, into) => {
  const properties = read(resource, stageProperties);
  const api = apiOf(resource, into, properties.ApiId);
  api.throttling = throttling(properties.DefaultRouteSettings ?? {});
  api.stageVariables = properties.StageVariables;
  for (const [key, given] of Object.entries(properties.RouteSettings)) api.routeThrottling.set(key, throttling(given));
  return { ref: properties.StageName };
};
