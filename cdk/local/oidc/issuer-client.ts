/** A client: authorization code with PKCE. */
export interface IssuerClient {
  readonly clientId: string;
  /** what it must show to get tokens; left out, it is a public client */
  readonly clientSecret?: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** where it is told that somebody signed out here (OpenID Connect Back-Channel Logout) */
  readonly backChannelLogoutUri?: string;
}
