/** The stack's options as a local start gives them: with an issuer of its own and a mailbox. */
export function localContext(url = 'http://localhost:3000'): Record<string, string> {
  const signIn = { issuer: `${url}/_aws/oidc`, oidcClientId: 'bench' };
  return { region: 'us-east-1', publicUrl: url, mailFrom: 'hub@example.org', ...signIn };
}
