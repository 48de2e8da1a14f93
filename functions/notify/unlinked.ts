/** What a mail program would make a link of: addresses of pages and of mail, also without their beginning. */
const LINK = /[^\s]*(?::\/\/|@|[\p{L}\p{N}][.．。｡][\p{L}]{2})[^\s]*/gu;
const DOMAIN = /[a-z\d-][.．。｡](?:[a-z]{2}|xn--)/iu;

/** A name that somebody typed, in a mail to somebody else: what would become a link in it is left out. */
export function unlinked(name: string): string {
  return name.normalize('NFKC').replace(LINK, (text) => (/:\/\/|@/.test(text) || DOMAIN.test(text) ? '…' : text));
}
