/** Someone who can sign in without a password. */
export interface Person {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  /** Further claims, in identity and access tokens alike. */
  readonly claims?: Readonly<Record<string, unknown>>;
}
