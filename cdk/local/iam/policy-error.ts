/** A policy says what the local cloud cannot judge; the message names it. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}
