/** A public client: authorization code with PKCE, no secret. */
export interface IssuerClient {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
}
