/** The assembly asks for what the local cloud does not do; the message names the resource and what to change. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
