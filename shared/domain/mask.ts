/** A name that those who know the person recognize and others do not: 王*, 欧*娜, A**. */
export function maskName(name: string): string {
  const characters = [...name];
  if (characters.length <= 1) return '*';
  const [first = ''] = characters;
  const last = characters.length > 2 && !/\p{Script=Latin}/u.test(first) ? (characters.at(-1) ?? '') : '';
  return `${first}${'*'.repeat(Math.min(characters.length - 1 - last.length, 3))}${last}`;
}

/** A mail address that its owner recognizes: w***@example.org. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** `138****78`: enough to tell two numbers apart, not enough to call. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-2)}`;
}
