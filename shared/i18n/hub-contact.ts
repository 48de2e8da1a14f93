import type { Bilingual, Language } from '../domain/language.ts';
import type { Party } from '../domain/party.ts';
import { colon, fill } from './lookup.ts';
import { inLanguage, nameIn } from './names.ts';

const zh = {
  lead: '有疑问或着急时，请联系{hub}',
  phone: '电话 ',
  wechat: '微信 ',
  email: '邮箱 ',
  address: '地址 ',
  hours: '服务时间 ',
  between: '；',
};

const en: typeof zh = {
  lead: 'Questions, or is it urgent? Contact {hub}',
  phone: 'telephone ',
  wechat: 'WeChat ',
  email: 'e-mail ',
  address: 'address ',
  hours: 'hours ',
  between: '; ',
};

const texts: Bilingual<typeof zh> = { zh, en };

/** A way to the hub: what it is, what to dial or write to, and what a telephone or mail program opens. */
interface Way {
  readonly label: string;
  readonly text: string;
  readonly href?: string;
}

/** How a hub is reached, as pages and mails say it: a lead, and the ways. */
export interface HubContactWords {
  readonly lead: string;
  readonly ways: readonly Way[];
  readonly between: string;
}

/** What a telephone dials: an extension is dialled by hand. */
function dialled(phone: string): string {
  return `tel:${(phone.split(/转|\//)[0] ?? '').replace(/[^+\d]/g, '')}`;
}

/** The words that say how to reach a hub; undefined where it has given no contact, so that nobody is sent to look for one. */
export function hubContactWords(language: Language, hub: Party | undefined): HubContactWords | undefined {
  const contact = hub?.contact;
  if (!hub || !contact) return undefined;
  const words = texts[language];
  const { phones, wechat, email, hours } = contact;
  const address = inLanguage(language, contact.address ?? '', contact.addressEn);
  const ways: Way[] = [
    ...phones.map((phone) => ({ label: words.phone, text: phone, href: dialled(phone) })),
    ...(wechat ? [{ label: words.wechat, text: wechat }] : []),
    ...(email ? [{ label: words.email, text: email, href: `mailto:${email}` }] : []),
    ...(address ? [{ label: words.address, text: address }] : []),
    ...(hours ? [{ label: words.hours, text: hours }] : []),
  ];
  if (ways.length === 0) return undefined;
  return { lead: fill(words.lead, { hub: nameIn(language, hub) }) + colon(language), ways, between: words.between };
}

/** The same as one sentence, for mails. */
export function hubContactText(language: Language, hub: Party | undefined): string | undefined {
  const words = hubContactWords(language, hub);
  return words && words.lead + words.ways.map(({ label, text }) => label + text).join(words.between);
}
