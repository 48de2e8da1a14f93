import { findPhones } from '../../../domain/read/phone.ts';

/** Why something of the two cells is not kept. */
type ContactNotice =
  /** digits that are no telephone number */
  | 'phone-unreadable'
  /** more than the two numbers that a contact has, or words beside them that are no name: `more` has it all */
  | 'phones-in-note';

const MOST_PHONES = 2;
const LONGEST_NAME = 60;

/**
 * Name and telephone numbers out of the two cells that people mix: both may stand in either. Words in brackets beside a
 * number ("(night)") are no name. What a contact has no place for is in `more`, as it was written.
 */
export function readContact(
  contact: string,
  phone: string,
): { name?: string; phone?: string; more?: string; notices: readonly ContactNotice[] } {
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
  const beside = [inContact.words, inPhone.phones.length > 0 ? inPhone.words : ''].filter((words) =>
    /\p{L}/u.test(words),
  );
  const isMore = phones.length > MOST_PHONES || beside.some((words) => !isName || words !== name);
  if (isMore) notices.push('phones-in-note');
  return {
    ...(isName && { name }),
    ...(phones.length > 0 && { phone: phones.slice(0, MOST_PHONES).join(' / ') }),
    ...(isMore && { more: [contact, phone].filter((cell) => cell !== '').join('; ') }),
    notices,
  };
}
