import { apiClient, Created } from '../../cdk/cli/api-client.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Reader, Values } from './reader.ts';
import type { Stand } from './stand.ts';

/** A case that was sent: its number, and the private link that opens it. */
export interface Sent {
  readonly id: string;
  readonly link: string;
}

/** The first page of each form, filled in by a made-up organization. */
export function who(organization: string, email: string): Values {
  return {
    organization,
    organizationType: 'hospital',
    'place.province': '湖北',
    'place.city': '武汉',
    'place.district': '江岸区',
    'contact.name': '王晓明',
    'contact.phone': '027-5550 1234',
    'contact.email': email,
  };
}

/** What the page after sending says. */
export async function sentCase({ page }: Reader): Promise<Sent> {
  const id = (await page.locator('.case-number').textContent())?.trim() ?? '';
  const link = (await page.locator('#private-link').inputValue()).trim();
  return { id, link };
}

/** Sends a need by the API, for stories that begin after the form. */
export async function sendNeed(
  stand: Pick<Stand, 'url'>,
  given: {
    readonly organization: string;
    readonly email: string;
    readonly language?: Language;
    readonly urgency?: string;
    readonly lines: readonly { readonly item: string; readonly quantity: number | null; readonly unit?: string }[];
  },
): Promise<Sent> {
  const { organization, email, language = 'zh', urgency = 'urgent', lines } = given;
  const { id, trackingUrl = '' } = await apiClient(stand.url).post(
    '/needs',
    {
      organization,
      organizationType: 'hospital',
      language,
      place: { province: '湖北', city: '武汉', district: '江岸区' },
      contact: { name: '王晓明', phone: '027-5550 1234', email },
      urgency,
      careTier: 'general',
      delivery: { address: '江岸区某路 1 号' },
      consent: presentConsent,
      lines,
    },
    Created,
  );
  return { id, link: trackingUrl };
}
