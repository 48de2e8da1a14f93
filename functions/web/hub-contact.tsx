import type { Language } from '../../shared/domain/language.ts';
import type { Party } from '../../shared/domain/party.ts';
import { hubContactWords } from '../../shared/i18n/hub-contact.ts';

interface HubContactProps {
  readonly language: Language;
  readonly hub: Party | undefined;
}

/** How to reach the hub, with numbers that a telephone dials; nothing where the hub has given no contact. */
export function HubContact({ language, hub }: HubContactProps) {
  const words = hubContactWords(language, hub);
  if (!words) return null;
  return (
    <p class="hub-contact">
      {words.lead}
      {words.ways.map(({ label, text, href }, index) => (
        <>
          {index > 0 && words.between}
          {label}
          {href ? <a href={href}>{text}</a> : text}
        </>
      ))}
    </p>
  );
}
