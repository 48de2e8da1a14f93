import type { Adapter, Configuration, Provider, ProviderContext } from 'oidc-provider';
import type { IssuerClient } from './issuer-client.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { errorPage, signedOutPage, signOutPage } from './pages.ts';
import type { Person } from './person.ts';

interface ConfigurationSource {
  readonly keys: IssuerKeys;
  readonly clients: readonly IssuerClient[];
  readonly people: readonly Person[];
  readonly scopes: readonly string[];
  readonly prefix: string;
  readonly signInPath: string;
  readonly adapter: (model: string) => Adapter;
  /** The provider's class of grants, once there is a provider. */
  readonly grants: () => Provider['Grant'];
}

/** The API whose tokens are JWTs: with a resource the provider issues those, without one opaque ones. */
const RESOURCE = 'urn:local:api';
const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access'];
/** Scopes of OpenID Connect that access tokens name too, as those of Cognito do. */
export const SCOPES_IN_ACCESS_TOKENS: readonly string[] = ['openid', 'profile', 'email'];
const HOUR = 3_600;
const DAY = 24 * HOUR;

const withHtml =
  (html: (form: string) => string) =>
  (context: ProviderContext, form: string): void => {
    context.type = 'html';
    context.body = html(form);
  };

/** How the provider is set up: code with PKCE, refresh tokens, sign-out by the client, no consent, JWT access tokens. */
export function providerConfiguration(source: ConfigurationSource): Configuration {
  const { keys, clients, people, scopes, prefix, signInPath, adapter, grants } = source;
  const apiScopes = [...SCOPES_IN_ACCESS_TOKENS, ...scopes].join(' ');
  const claimsOf = (sub: string | undefined): Record<string, unknown> | undefined => {
    const person = people.find((candidate) => candidate.sub === sub);
    return person === undefined
      ? undefined
      : { email_verified: true, ...person.claims, name: person.name, email: person.email };
  };
  const claimNames = [
    ...new Set(['name', 'email', 'email_verified', ...people.flatMap(({ claims = {} }) => Object.keys(claims))]),
  ];
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, path: `${prefix}/` };

  return {
    adapter,
    clients: clients.map(({ clientId, clientSecret, redirectUris, postLogoutRedirectUris, backChannelLogoutUri }) => ({
      client_id: clientId,
      redirect_uris: redirectUris,
      post_logout_redirect_uris: postLogoutRedirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      ...(clientSecret === undefined
        ? { token_endpoint_auth_method: 'none' }
        : { token_endpoint_auth_method: 'client_secret_basic', client_secret: clientSecret }),
      ...(backChannelLogoutUri !== undefined && {
        backchannel_logout_uri: backChannelLogoutUri,
        backchannel_logout_session_required: true,
      }),
    })),
    scopes: OPENID_SCOPES,
    claims: { openid: ['sub', ...claimNames], profile: ['name'], email: ['email', 'email_verified'] },
    // With an access token of its own kind there is no userinfo to ask: the identity token says who it is.
    conformIdTokenClaims: false,
    clientBasedCORS: () => false,
    cookies: {
      keys: keys.cookies,
      names: { session: '_local_session', interaction: '_local_interaction', resume: '_local_resume' },
      long: cookie,
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    jwks: { keys: [keys.signing] },
    pkce: { required: () => true },
    routes: { end_session: '/logout' },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 14 * DAY,
      Grant: 30 * DAY,
      RefreshToken: 30 * DAY,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: withHtml(signOutPage),
        postLogoutSuccessSource: withHtml(signedOutPage),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        getResourceServerInfo: (_: ProviderContext, __: string, client: { readonly clientId: string }) => ({
          scope: apiScopes,
          audience: client.clientId,
          accessTokenTTL: HOUR,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: { url: (_, { uid }) => `${signInPath}${uid}` },
    extraTokenClaims: (_, { accountId }) => claimsOf(accountId),
    // The provider's own dispatcher cuts every connection to this machine, and there the only clients are: none of the
    // addresses that are asked comes from anybody but who configured them.
    fetch: (url, { dispatcher: _, ...request }) => fetch(url, request),
    issueRefreshToken: async () => true,
    findAccount(_, sub) {
      const claims = claimsOf(sub);
      return claims === undefined ? undefined : { accountId: sub, claims: async () => ({ ...claims, sub }) };
    },
    async loadExistingGrant({ oidc: { client, result, session } }) {
      if (client === undefined || session.accountId === undefined) return undefined;
      const id = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
      const Grant = grants();
      const existing = id === undefined ? undefined : await Grant.find(id);
      const grant =
        existing?.accountId === session.accountId
          ? existing
          : new Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope(OPENID_SCOPES.join(' '));
      grant.addResourceScope(RESOURCE, apiScopes);
      await grant.save();
      return grant;
    },
    renderError(context, { error = 'server_error', error_description: description = '' }) {
      context.type = 'html';
      context.body = errorPage(error, description);
    },
  };
}
