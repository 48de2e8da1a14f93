import { Phone } from '../../../domain/applicant.ts';

/** A telephone number within other words. */
const WITHIN = /\+?\d[\d ()-]{5,28}\d/g;

function split(text: string): { words: string; phones: string[] } {
  const plain = text.normalize('NFKC').replace(/[–—−]/g, '-');
  const phones = [...plain.matchAll(WITHIN)].flatMap(([found]) => Phone.safeParse(found).data ?? []);
  const words = plain
    .replace(WITHIN, ' ')
    .replace(/(电话|手机|tel|phone|mobile)\s*[:：]?/gi, ' ')
    .replace(/^[\s,;:/、-]+|[\s,;:/、-]+$/g, '')
    .replace(/\s+/g, ' ');
  return { words, phones };
}

/**
 * Name and telephone number out of the two cells that people mix: both may stand in either. `unread` when there is a
 * telephone cell that holds no number, or more than the one that is taken.
 */
export function readContact(contact: string, phone: string): { name?: string; phone?: string; unread: boolean } {
  const inContact = split(contact);
  const inPhone = split(phone);
  const phones = [...new Set([...inPhone.phones, ...inContact.phones])];
  const name = inContact.words || inPhone.words;
  const [first] = phones;
  return {
    ...(/\p{L}/u.test(name) && name.length <= 60 && { name }),
    ...(first !== undefined && { phone: first }),
    unread: phones.length > 1 || (phone !== '' && first === undefined),
  };
}
