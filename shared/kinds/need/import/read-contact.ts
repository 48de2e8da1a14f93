import { findPhones } from '../../../domain/read/phone.ts';

/** Why something of the two cells is not kept. */
type ContactNotice =
  /** digits that are no telephone number */
  | 'phone-unreadable'
  /** more than the two numbers that are kept */
  | 'more-phones'
  /** words beside a number that are no name */
  | 'contact-words';

const MOST_PHONES = 2;
const LONGEST_NAME = 60;

/**
 * Name and telephone numbers out of the two cells that people mix: both may stand in either. Two numbers are kept. Words in
 * brackets beside a number ("(night)") are no name.
 */
export function readContact(
  contact: string,
  phone: string,
): { name?: string; phone?: string; notices: readonly ContactNotice[] } {
  const inContact = findPhones(contact);
  const inPhone = findPhones(phone);
  const phones = [...new Set([...inPhone.phones, ...inContact.phones])];
  const name = (inContact.words || inPhone.words)
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const isName = /\p{L}/u.test(name) && name.length <= LONGEST_NAME;
  const notices: ContactNotice[] = [];
  if (phones.length === 0 && /\d/.test(phone)) notices.push('phone-unreadable');
  if (phones.length > MOST_PHONES) notices.push('more-phones');
  const beside = [inContact.words, inPhone.phones.length > 0 ? inPhone.words : ''].filter((words) =>
    /\p{L}/u.test(words),
  );
  if (beside.some((words) => !isName || words !== name)) notices.push('contact-words');
  return {
    ...(isName && { name }),
    ...(phones.length > 0 && { phone: phones.slice(0, MOST_PHONES).join(' / ') }),
    notices,
  };
}
