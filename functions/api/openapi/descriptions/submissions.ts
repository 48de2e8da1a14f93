import type { Description } from '../description.ts';
import { grant, insurance, need, rosterReview, rosterReviewForm } from '../examples/submissions.ts';

const onBehalf =
  'With a bearer token of a coordinator it is entered for somebody else and recorded as such; contact and delivery may then be left out.';

export const submissions = {
  submitNeed: {
    tag: 'submissions',
    summary: 'Ask for goods',
    description: `A line’s \`quantity\` is a number of pieces, or null for “needed, amount unknown”. ${onBehalf}`,
    body: { content: { 'application/json': { schema: ['NeedInput', 'NeedOnBehalfInput'], examples: need } } },
    answer: {
      status: 201,
      description: 'The need, and its private link, if the caller may see it',
      schema: 'CreatedNeed',
    },
  },
  submitGrant: {
    tag: 'submissions',
    summary: 'Apply for a grant',
    description: `Amounts are in fen. ${onBehalf}`,
    body: { content: { 'application/json': { schema: ['GrantInput', 'GrantOnBehalfInput'], examples: grant } } },
    answer: {
      status: 201,
      description: 'The application, and its private link, if the caller may see it',
      schema: 'CreatedGrant',
    },
    refusals: ['programme-closed'],
  },
  submitInsuranceRequest: {
    tag: 'submissions',
    summary: 'Ask for insurance of volunteers',
    description: `Every wrong row is told with its pointer, and nothing is stored then. Both cover dates are covered. ${onBehalf}`,
    body: {
      content: { 'application/json': { schema: ['InsuranceInput', 'InsuranceOnBehalfInput'], examples: insurance } },
    },
    answer: {
      status: 201,
      description: 'The request, and its private link, if the caller may see it',
      schema: 'CreatedInsurance',
    },
  },
  reviewRoster: {
    tag: 'insurance',
    summary: 'Check a roster before it is sent',
    description: 'Gives the good rows and the bad ones with what is wrong with each. Nothing is stored.',
    body: {
      content: {
        'application/json': { schema: ['RosterReviewInput'], examples: rosterReview },
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              coverFrom: { type: 'string', format: 'date' },
              coverTo: { type: 'string', format: 'date' },
              file: {
                type: 'string',
                description: 'CSV or XLSX with columns for name, identity number and mobile phone',
              },
            },
            required: ['coverFrom', 'coverTo', 'file'],
          },
          examples: rosterReviewForm,
        },
      },
    },
    answer: { description: 'Every row, in the order of the roster', schema: 'RosterReview' },
    refusals: ['unreadable-file'],
  },
} as const satisfies Record<string, Description>;
