/** A public client: authorization code with PKCE, no secret. */
export interface IssuerClient {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** where it is told that somebody signed out here (OpenID Connect Back-Channel Logout) */
  readonly backChannelLogoutUri?: string;
}
