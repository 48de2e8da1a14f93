import { presentConsent } from '../../../../shared/domain/consent.ts';
import { localDate } from '../../../../shared/domain/time.ts';
import { kindApis } from '../../../kinds/api.ts';
import type { Example } from '../../operation.ts';

export function invitation(): Record<string, Example> {
  const value = { email: 'new-colleague@example.org', language: 'zh', roles: ['reviewer'] };
  return { reviewer: { summary: 'A reviewer for a funder', value } };
}

export function roles(): Record<string, Example> {
  return { two: { summary: 'Two roles of a funder', value: { roles: ['reviewer', 'finance'] } } };
}

export function mailPace(): Record<string, Example> {
  return { hourly: { summary: 'Every hour, together', value: { mails: 'hourly' } } };
}

export function removal(): Record<string, Example> {
  return { left: { summary: 'Why, for the trail', value: { reason: '已离职' } } };
}

export function address(): Record<string, Example> {
  return { office: { summary: 'The office’s address', value: { email: 'office@hospital.example.org' } } };
}

/** An address as the list names it. */
export function addressRelease(): Record<string, Example> {
  return { one: { summary: 'One of the list', value: { address: 'AAAAAAAAAAAAAAAAAAAAAA' } } };
}

const typed = { organization: '江城市第一医院', 'contact.name': '单管理', 'lines.0.item': '医用外科口罩' };

export function draft(): Record<string, Example> {
  return {
    need: { summary: 'A need, just begun', value: { kind: 'need', answers: typed } },
    grant: {
      summary: 'A grant of a programme of the demo data',
      value: { kind: 'grant', programme: 'rapid-response-fund', answers: { organization: '江城市第一医院' } },
    },
  };
}

export function draftChange(): Record<string, Example> {
  const answers = { ...typed, 'lines.0.quantity': '2000' };
  return { amount: { summary: 'An amount added', value: { version: 1, answers } } };
}

export function draftRemoval(): Record<string, Example> {
  return { first: { summary: 'As it was first saved', value: { version: 1 } } };
}

/** What a draft became: as the same kind of case is submitted. */
export function draftSending(now: number): Record<string, Example> {
  const of = (summary: string, application: unknown) => ({ summary, value: { version: 1, application } });
  const { need, grant } = kindApis;
  return {
    need: of('A need', need.submit.example(now).need?.value),
    grant: of('A grant application', grant.submit.example(now).grant?.value),
  };
}

export function ownConsent(): Record<string, Example> {
  return { own: { summary: 'The text that the applicant saw', value: { version: presentConsent } } };
}

export function consent(now: number): Record<string, Example> {
  const value = { version: presentConsent, how: 'spoken', on: localDate(now) };
  return { told: { summary: 'A coordinator was told, today', value }, ...ownConsent() };
}

export function linkRequest(): Record<string, Example> {
  const value = { caseId: 'N000000000', email: 'liu@clinic8.example.org' };
  return { lost: { summary: 'The link was lost', value } };
}

export function referral(): Record<string, Example> {
  const value = {
    to: 'river-foundation',
    circumstance: 'older-person',
    area: '东湖区',
    help: '独居老人，需要有人送药。',
    person: { name: '某某', phone: '027-00001234' },
    consent: { version: presentConsent, how: 'spoken', by: 'person' },
  };
  return { older: { summary: 'An older person who needs somebody to bring medicine', value } };
}

export function referralAnswer(): Record<string, Example> {
  return {
    accepted: { summary: 'We help', value: { outcome: 'accepted' } },
    done: { summary: 'Help was given', value: { outcome: 'done' } },
    declined: { summary: 'We cannot', value: { outcome: 'declined' } },
  };
}

const asked = { phone: '027-00001234', shown: '本人到场，出示身份证' };

export function personRequest(): Record<string, Example> {
  return { phone: { summary: 'By telephone; the person came with their card', value: asked } };
}

export function personErasure(): Record<string, Example> {
  return { one: { summary: 'What one case holds', value: { ...asked, erase: ['N000000000'] } } };
}

export function proof(): Record<string, Example> {
  return { text: { summary: 'What somebody brought; it is none', value: { proof: '接力' } } };
}
