import type * as z from 'zod';
import type { organizationTypes, Place } from '../../../domain/applicant.ts';
import { provinceOfCity } from '../../../domain/places.ts';
import type { NeedOnBehalfInput } from '../input.ts';
import type { PlannedNeed } from './plan.ts';

/** What an organization's name says about what it is; first match wins (社区卫生服务中心 is a health centre). */
const TYPE_WORDS: readonly (readonly [(typeof organizationTypes)[number], RegExp])[] = [
  ['hospital', /医院|卫生院|卫生所|卫生室|卫生服务|保健院|诊所|hospital|clinic/i],
  ['care-home', /养老|敬老|福利院|老年公寓|care home|nursing home/i],
  ['volunteer-group', /志愿|义工|volunteer/i],
  ['non-profit', /红十字|慈善|基金会|公益|red cross|foundation|charit/i],
  ['community', /社区|街道|居委会|村委会|community/i],
];

/**
 * The body of a need that a coordinator submits for the organization. Where the sheet names no district, its city stands
 * for it, as people write it themselves; where it names no province, the one that its city is known to lie in, else that of
 * `home`, as for the city.
 */
export function needInput(
  planned: PlannedNeed,
  home: Pick<z.infer<typeof Place>, 'province' | 'city'>,
): z.input<typeof NeedOnBehalfInput> {
  const {
    organization,
    province: writtenProvince,
    city: writtenCity,
    district,
    lines,
    contact,
    address,
    importKey: _importKey,
    contentKey: _contentKey,
    sources: _sources,
    ...asked
  } = planned;
  const province = writtenProvince || provinceOfCity(writtenCity) || home.province;
  const city = writtenCity || (writtenProvince === '' ? home.city : district || province);
  return {
    organization,
    organizationType: TYPE_WORDS.find(([, pattern]) => pattern.test(organization))?.[0] ?? 'other',
    place: { province, city, district: district || city },
    lines: lines.map((line) => ({ ...line })),
    ...(contact && { contact: { ...contact } }),
    ...(address !== undefined && {
      delivery: {
        address,
        ...(contact?.name !== undefined && { recipient: contact.name }),
        ...(contact?.phone !== undefined && { phone: contact.phone }),
      },
    }),
    ...asked,
  };
}
