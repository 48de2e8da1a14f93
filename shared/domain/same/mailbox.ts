/** Of domains whose provider says so: letters of the part before the at sign that make no other mailbox. */
interface Provider {
  /** by what all of its domains are known here */
  readonly as: string;
  readonly domains: RegExp;
  /** letters that the provider leaves out or takes for one another */
  readonly ignored?: RegExp;
  /** what begins a tag, beside the plus sign */
  readonly tag?: string;
}

/**
 * Dots count elsewhere: at a company `li.na` and `lina` may be two people. Sources: the providers' own help pages on
 * aliases and on dots in addresses.
 */
const providers: readonly Provider[] = [
  { as: 'gmail.com', domains: /^(gmail|googlemail)\.com$/, ignored: /\./g },
  { as: 'proton.me', domains: /^(proton\.me|pm\.me|protonmail\.(com|ch))$/, ignored: /[._-]/g },
  { as: 'yandex.ru', domains: /^(ya\.ru|yandex\.(ru|com|by|kz|ua|uz|com\.tr))$/, ignored: /[.-]/g },
  { as: 'icloud.com', domains: /^(icloud|me|mac)\.com$/ },
  { as: 'yahoo.com', domains: /^(yahoo|ymail|rocketmail)\.com$/, tag: '-' },
  { as: 'fastmail.com', domains: /^fastmail\.(com|fm)$/ },
];

/** `anything@user.fastmail.com` is `user@fastmail.com`. */
const FASTMAIL_USER = /^([^.]+)\.(fastmail\.(?:com|fm))$/;

function beforeTag(local: string, tag: string): string {
  const at = local.indexOf(tag, 1);
  return at < 0 ? local : local.slice(0, at);
}

/**
 * Two spellings of one mailbox compare equal after this: case, what is unseen, a `+tag` (RFC 5233) at any domain, and at the
 * domains of some providers what they say makes no other mailbox. A subdomain is another mail server, and other people.
 */
export function foldMailbox(address: string): string {
  const plain = address
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{C}\s]/gu, '')
    .toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at < 1) return plain;
  const [, user, own] = FASTMAIL_USER.exec(plain.slice(at + 1)) ?? [];
  const local = user ?? plain.slice(0, at);
  const domain = own ?? plain.slice(at + 1).replace(/\.$/, '');
  const provider = providers.find(({ domains }) => domains.test(domain));
  const named = beforeTag(beforeTag(local, '+'), provider?.tag ?? '+');
  const kept = provider?.ignored ? named.replace(provider.ignored, '') : named;
  return `${kept || local}@${provider?.as ?? domain}`;
}

/** Whether what is sent to either comes to the same person, however either is spelt. For what keeps somebody away. */
export function isSameMailbox(a: string, b: string): boolean {
  return foldMailbox(a) === foldMailbox(b);
}

/** Whether both are one address but for case. For what somebody gets by an address, a case or a link. */
export function isSameAddress(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
