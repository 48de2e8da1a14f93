/** The part of oidc-provider that the issuer uses: the package has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Grant {
    readonly accountId: string;
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }

  export interface ProviderContext {
    type: string;
    body: string;
    readonly oidc: {
      readonly client?: { readonly clientId: string };
      readonly result?: { readonly consent?: { readonly grantId?: string } };
      readonly session: { readonly accountId?: string; grantIdFor(clientId: string): string | undefined };
    };
  }

  export interface Adapter {
    upsert(id: string, payload: Record<string, unknown>, expiresIn?: number): Promise<void>;
    find(id: string): Promise<Record<string, unknown> | undefined>;
    findByUid(uid: string): Promise<Record<string, unknown> | undefined>;
    findByUserCode(userCode: string): Promise<Record<string, unknown> | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Account {
    readonly accountId: string;
    claims(): Promise<Record<string, unknown>>;
  }

  export interface Interaction {
    readonly uid: string;
    readonly prompt: { readonly name: string };
  }

  interface Token {
    readonly accountId?: string;
  }

  export interface Configuration {
    readonly adapter: (model: string) => Adapter;
    readonly clients: readonly Record<string, unknown>[];
    readonly claims: Record<string, readonly string[] | null>;
    readonly scopes: readonly string[];
    readonly clientBasedCORS: () => boolean;
    readonly conformIdTokenClaims: boolean;
    readonly cookies: Record<string, unknown>;
    readonly jwks: { readonly keys: readonly unknown[] };
    readonly pkce: { readonly required: () => boolean };
    readonly routes: Record<string, string>;
    readonly ttl: Record<string, number | (() => number)>;
    readonly features: Record<string, unknown>;
    readonly interactions: { readonly url: (context: ProviderContext, interaction: Interaction) => string };
    readonly extraTokenClaims: (context: ProviderContext, token: Token) => Record<string, unknown> | undefined;
    readonly fetch: (url: string, request: RequestInit & { readonly dispatcher?: unknown }) => Promise<Response>;
    readonly issueRefreshToken: () => Promise<boolean>;
    readonly findAccount: (context: ProviderContext, sub: string) => Account | undefined;
    readonly loadExistingGrant: (context: ProviderContext) => Promise<Grant | undefined>;
    readonly renderError: (context: ProviderContext, out: Readonly<Record<string, string>>, error: Error) => void;
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    readonly Grant: {
      new (of: { readonly accountId: string; readonly clientId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
    ): Promise<void>;
    on(event: 'server_error', listener: (context: ProviderContext, error: Error) => void): this;
    on(event: 'backchannel.error', listener: (context: ProviderContext, error: Error) => void): this;
  }

  export const errors: { readonly SessionNotFound: new (message: string) => Error };
}
