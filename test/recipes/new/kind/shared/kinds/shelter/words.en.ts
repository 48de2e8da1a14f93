import type { FormWords, Words } from '../define.ts';
import { everyKind } from '../words.en.ts';
import type { ShelterStage } from './case.ts';
import type { ShelterInput, shelterFields } from './input.ts';
import type { ShelterOutcome } from './stages.ts';
import type { zh } from './words.zh.ts';

/** What a request for beds says in English. */
export const en = {
  name: 'Shelter',
  kept: '{days} days for shelter (bills of the house)',
  next: ['Within seconds the request is checked.', 'The hub looks for a house, usually within 12 hours.'],
  stages: { ...everyKind.stages, arranging: 'Looking for a house', staying: 'Staying there' },
  outcomes: {
    ...everyKind.outcomes,
    arranged: {
      button: 'House found',
      happened: 'House found',
      news: ['a house was found', 'The guests of case {id} are expected from {stayFrom} at {house}.'],
    },
    left: { button: 'They have left', happened: 'Guests left' },
  },
  findings: { ...everyKind.findings },
  fields: {
    ...everyKind.fields,
    guests: {
      label: 'Who needs a bed',
      choices: { staff: 'Staff of a hospital', families: 'Families of patients', travellers: 'Stranded travellers' },
    },
    beds: { label: 'How many beds', hint: 'For example six nurses, two to a room' },
    stayFrom: { label: 'First night' },
    stayTo: { label: 'Last night' },
    wishes: { label: 'What else the house should have' },
  },
  steps: { ...everyKind.steps, stay: 'Guests and nights' },
  answered: { house: 'House' },
} as const satisfies Words<ShelterStage, ShelterOutcome> &
  FormWords<ShelterInput, typeof shelterFields> & { answered: Record<keyof typeof zh.answered, string> };
