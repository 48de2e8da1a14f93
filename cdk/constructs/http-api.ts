import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as Api,
  CfnStage,
  type DomainName,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { tokenAreas } from '../../functions/api/gateway.ts';
import type { Options } from '../options.ts';
import { acknowledge } from './acknowledge.ts';
import type { BundledFunction } from './bundled-function.ts';
import { gatewayDomain, onlyByDomain } from './gateway-domain.ts';
import { lifetimeOf } from './lifetime.ts';
import type { SignIn } from './sign-in.ts';

/** The functions that routes lead to. */
export interface RoutedFunctions {
  readonly site: BundledFunction;
  readonly console: BundledFunction;
  readonly api: BundledFunction;
}

interface Route {
  readonly path: string;
  /** left out: any */
  readonly methods?: readonly HttpMethod[];
  readonly to: keyof RoutedFunctions;
  /** whether API Gateway lets nobody in without a token of the issuer */
  readonly token?: true;
}

const methods = { get: HttpMethod.GET, post: HttpMethod.POST } as const;

/** Every route; what matches several goes to the closest. */
const routes: readonly Route[] = [
  // submissions, open programmes, the document and private links are for everybody
  { path: '/api/v1/{proxy+}', to: 'api' },
  ...tokenAreas.flatMap(({ path, method }) =>
    [path, `${path}/{proxy+}`].map(
      (one): Route => ({ path: one, ...(method && { methods: [methods[method]] }), to: 'api', token: true }),
    ),
  ),
  { path: '/console', to: 'console' },
  { path: '/console/{proxy+}', to: 'console' },
];

type Bounds = Pick<Options, 'requestsPerSecond' | 'requestsAtOnce'>;

/** A part of what anybody may ask. */
function part({ requestsPerSecond, requestsAtOnce }: Bounds, ofRate: number, ofBurst: number) {
  return {
    ThrottlingRateLimit: Math.floor(requestsPerSecond * ofRate),
    ThrottlingBurstLimit: Math.floor(requestsAtOnce * ofBurst),
  };
}

/**
 * What the routes of everybody may take of the whole, each: a flood of forms is refused there and leaves the console, whose
 * routes have buckets of their own, its share. It holds in every account, whatever its quota of concurrent functions.
 */
function sharesOf(bounds: Bounds) {
  const share = part(bounds, 0.8, 0.8);
  const consoleShare = part(bounds, 0.2, 0.3);
  return {
    $default: share,
    'ANY /api/v1/{proxy+}': share,
    'ANY /console': consoleShare,
    'ANY /console/{proxy+}': consoleShare,
  };
}

/** The HTTP API. It faces the internet, so whoever it calls can write the table and nothing else. */
export class HttpApi extends Construct {
  /** where people reach it, without a slash at the end */
  readonly url: string;
  /** the address that API Gateway gives it; undefined where that is closed */
  readonly ownUrl: string | undefined;
  readonly stage: HttpStage;
  /** a name of the installation's own for it; undefined where none is given */
  readonly domain: DomainName | undefined;
  readonly #api: Api;
  readonly #bounds: Bounds;

  constructor(scope: Construct, id: string, options: Options) {
    super(scope, id);
    this.#bounds = options;
    this.domain = gatewayDomain(this, options);
    this.#api = new Api(this, 'Api', {
      createDefaultStage: false,
      ...(onlyByDomain(options) && { disableExecuteApiEndpoint: true }),
    });
    this.ownUrl = onlyByDomain(options) ? undefined : this.#api.apiEndpoint;
    this.url = options.publicUrl ?? this.#api.apiEndpoint;
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      autoDeploy: true,
      throttle: { rateLimit: options.requestsPerSecond, burstLimit: options.requestsAtOnce },
      ...(this.domain && { domainMapping: { domainName: this.domain } }),
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            retention: RetentionDays.THREE_MONTHS,
            removalPolicy: lifetimeOf(options).removalPolicy,
          }),
        ),
        // the route, never the path: a private link's secret is in it; and no addresses of people
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            at: '$context.requestTimeEpoch',
            route: '$context.routeKey',
            status: '$context.status',
            milliseconds: '$context.responseLatency',
            bytes: '$context.responseLength',
            error: '$context.error.messageString',
            integrationError: '$context.integrationErrorMessage',
            authorizerError: '$context.authorizer.error',
          }),
        ),
      },
    });
  }

  /** Opens the routes to the functions behind them. */
  connect(functions: RoutedFunctions, { issuer, clientId }: SignIn): void {
    const authorizer = new HttpJwtAuthorizer('Staff', issuer, { jwtAudience: [clientId] });
    const integrate = (name: keyof RoutedFunctions) =>
      new HttpLambdaIntegration(`${name}-integration`, functions[name], {
        // one permission a function rather than one a route; the site's only route is $default, which has no path to match
        scopePermissionToRoute: name === 'site',
        timeout: Duration.seconds(29),
      });
    const integrations = { site: integrate('site'), console: integrate('console'), api: integrate('api') };
    const opened: HttpRoute[] = [];
    for (const { path, methods = [HttpMethod.ANY], to, token } of routes) {
      const routes = this.#api.addRoutes({
        path,
        methods: [...methods],
        integration: integrations[to],
        ...(token && { authorizer }),
      });
      if (token) continue;
      opened.push(...routes);
      const reason =
        to === 'console'
          ? 'The console signs people in itself and checks who they are in every request.'
          : 'Open to everybody: submissions, open programmes and private links, which carry their own secret.';
      for (const route of routes) acknowledge(route, 'APIG4', reason);
    }
    const rest = new HttpRoute(this, 'Default', {
      httpApi: this.#api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: integrations.site,
    });
    acknowledge(rest, 'APIG4', 'The public site: forms and private links, which carry their own secret.');
    const stage = this.stage.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error('the stage is no stage');
    stage.routeSettings = sharesOf(this.#bounds);
    // a stage cannot have settings for routes that are not there yet
    this.stage.node.addDependency(rest, ...opened);
  }
}
