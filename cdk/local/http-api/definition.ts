/** Who may call a route: a token of this issuer, for one of these audiences. */
export interface JwtAuthorizer {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Where the token is: `$request.header.Authorization` (the default) or `$request.querystring.NAME`. */
  readonly identitySource?: string;
}

/** A token bucket: how many at once, and how many a second come back. */
export interface Throttling {
  readonly burst: number;
  readonly rate: number;
}

export interface RouteDefinition {
  /** `METHOD /path/{parameter}/{rest+}`, `ANY /path` or `$default`. */
  readonly routeKey: string;
  readonly functionArn: string;
  readonly authorizer?: JwtAuthorizer;
  /** The token must have one of these. */
  readonly authorizationScopes?: readonly string[];
  /** This route's own bucket; without it the stage's counts. */
  readonly throttling?: Throttling;
  /** The integration's time limit in milliseconds, 50 to 30,000; 30,000 unless told. */
  readonly timeoutMs?: number;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export interface CorsDefinition {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly allowCredentials?: boolean;
  readonly maxAge?: number;
}

/** An HTTP API as a template describes it. */
export interface HttpApiDefinition {
  readonly apiId: string;
  readonly accountId: string;
  /** Only `$default` is served at the root, and only that is supported. */
  readonly stage: '$default';
  readonly payloadFormatVersion: '2.0';
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly routes: readonly RouteDefinition[];
  readonly cors?: CorsDefinition;
  /** The stage's default route settings. */
  readonly throttling?: Throttling;
}
