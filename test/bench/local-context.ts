/** The stack's options as a local start gives them: with an issuer of its own and a mailbox. */
export function localContext(url = 'http://localhost:3000'): Record<string, string> {
  return { publicUrl: url, issuer: `${url}/_aws/oidc`, oidcClientId: 'bench', mailFrom: 'hub@example.org' };
}
