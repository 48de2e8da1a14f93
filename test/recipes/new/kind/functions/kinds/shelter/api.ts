import * as z from 'zod';
import { presentConsent } from '../../../shared/domain/consent.ts';
import { addDays, localDate } from '../../../shared/domain/time.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';
import {
  ShelterDecision,
  ShelterInput,
  ShelterOnBehalfInput,
  shelterAsked,
} from '../../../shared/kinds/shelter/input.ts';
import { caseView, type ShownFields } from '../case-view.ts';
import { commonAnswers, examplePlace } from '../common-answers.ts';
import type { Examples, KindApi } from '../kind-api.ts';

/** A request for beds, as its answers show it. */
const ShelterView = z.object({
  kind: z.literal('shelter'),
  stage: z.enum(stagesOf('shelter')),
  ...caseView,
  ...shelterAsked,
  beds: z.string(),
  wishes: z.string().optional(),
  house: z.string().optional(),
} satisfies ShownFields<ShelterInput>);

export function shelter(now: number): Examples {
  const today = localDate(now);
  const value = {
    organization: '江城市第八人民医院',
    organizationType: 'hospital',
    language: 'zh',
    consent: presentConsent,
    place: examplePlace,
    contact: { name: '刘主任', phone: '027-00001234', email: 'liu@clinic8.example.org' },
    guests: 'staff',
    beds: '护士 6 人，两人一间',
    stayFrom: addDays(today, 1),
    stayTo: addDays(today, 14),
    wishes: '步行十分钟内到医院。',
  };
  return { shelter: { summary: 'Beds for six nurses', value } };
}

/** A request for beds in the API. */
export const shelterApi = {
  name: 'Shelter',
  called: 'a request for beds',
  view: ShelterView,
  submit: {
    id: 'submitShelterRequest',
    path: '/shelter-requests',
    summary: 'Ask for beds',
    description: 'Both nights are meant.',
    created: 'The request',
    input: ShelterInput,
    inputs: { ShelterInput, ShelterOnBehalfInput },
    example: shelter,
  },
  decision: { ShelterDecision },
  answers() {
    return {
      arranged: { house: '东湖区柳岸路 9 号 江畔宾馆' },
      left: {},
      resubmitted: { changes: { beds: '护士 8 人，两人一间' } },
      ...commonAnswers,
    };
  },
  draft: {},
} as const satisfies KindApi<'shelter'>;
