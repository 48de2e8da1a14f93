import { ReferralsQuery } from '../../routes/queries.ts';
import type { Description } from '../description.ts';
import { nothing } from '../examples/conflicts.ts';
import * as example from '../examples/people.ts';

const referral = {
  description: 'The referral, as much of it as the caller’s party has to know',
  schema: 'Referral',
} as const;
const shown =
  'By any of telephone, mail address and identity number; `shown` says how the person showed that it is they, and is kept with the record of the search.';

export const persons = {
  listReferrals: {
    tag: 'referrals',
    summary: 'Referrals that the caller’s party made or was asked to take',
    description: 'The newest first: what the matter is and how it stands, never who.',
    query: ReferralsQuery,
    answer: { description: 'A page of referrals', schema: 'ReferralList' },
  },
  referPerson: {
    tag: 'referrals',
    summary: 'Refer a person in need to a party that can help',
    description:
      'Only with their consent, as it was told and in the version that was read to them. The party that is asked reads what would help, and whom to help once it has accepted.',
    body: { content: { 'application/json': { schema: ['ReferralInput'], examples: example.referral } } },
    answer: { ...referral, status: 201 },
  },
  getReferral: {
    tag: 'referrals',
    summary: 'One referral',
    description: 'That it was seen is on record.',
    answer: referral,
  },
  answerReferral: {
    tag: 'referrals',
    summary: 'Accept, decline or end a referral',
    description: 'By the party that was asked. With its end what it says of the person is gone.',
    body: { content: { 'application/json': { schema: ['ReferralAnswer'], examples: example.referralAnswer } } },
    answer: referral,
    refusals: ['stage-changed'],
  },
  withdrawConsent: {
    tag: 'referrals',
    summary: 'Write down that the person withdrew their consent',
    description: 'By whichever of both parties was told. What the referral says of the person is gone at once.',
    body: { optional: true, content: { 'application/json': { schema: ['Nothing'], examples: nothing } } },
    answer: referral,
    refusals: ['stage-changed'],
  },
  findPerson: {
    tag: 'privacy',
    summary: 'Where something is kept about a person',
    description: `${shown} Nothing is changed.`,
    body: { content: { 'application/json': { schema: ['PersonRequest'], examples: example.personRequest } } },
    answer: { description: 'Cases, drafts and referrals', schema: 'PersonHeld' },
  },
  exportPerson: {
    tag: 'privacy',
    summary: 'Everything that is kept about a person, for them',
    description: shown,
    body: { content: { 'application/json': { schema: ['PersonRequest'], examples: example.personRequest } } },
    answer: { description: 'What is kept, as it is kept', schema: 'PersonFile' },
  },
  erasePerson: {
    tag: 'privacy',
    summary: 'Erase what is kept about a person',
    description: `${shown} \`erase\` names what was found. What belongs to a case that goes on is kept, and the answer says so.`,
    body: { content: { 'application/json': { schema: ['PersonErasure'], examples: example.personErasure } } },
    answer: { description: 'What was erased, what is kept, and a document for the person', schema: 'PersonErased' },
  },
  provePersonSeen: {
    tag: 'privacy',
    summary: 'A document for the person that says what was found',
    description: `${shown} It holds nothing that the person is known by.`,
    body: { content: { 'application/json': { schema: ['PersonRequest'], examples: example.personRequest } } },
    answer: { description: 'The document, in both languages', schema: 'PersonProof' },
  },
  checkPersonProof: {
    tag: 'privacy',
    summary: 'Whether such a document was given here and is unaltered',
    body: { content: { 'application/json': { schema: ['Proof'], examples: example.proof } } },
    answer: { description: 'What is to be said of it', schema: 'ProofVerdict' },
  },
} as const satisfies Record<string, Description>;
