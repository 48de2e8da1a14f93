import type { Reader, Values } from './reader.ts';

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
  const id = (await page.locator('.case-number').innerText()).trim();
  const link = (await page.locator('#private-link').inputValue()).trim();
  return { id, link };
}
