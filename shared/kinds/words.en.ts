import type { ApplicantInput, applicantFields } from './applicant-fields.ts';
import type { FormWords, OutcomeWords } from './define.ts';

/** What every kind says alike in English. */
export const everyKind = {
  stages: {
    submitted: 'Submitted',
    screening: 'Automatic checks',
    'changes-requested': 'Changes requested',
    closed: 'Closed',
    rejected: 'Not approved',
    withdrawn: 'Withdrawn',
  },
  outcomes: {
    screen: { button: 'Checks started', happened: 'Checks started' },
    screened: { button: 'Checks finished', happened: 'Automatic checks finished' },
    'changes-requested': {
      button: 'Request changes',
      happened: 'Changes requested from the applicant',
      news: [
        'please add to it',
        'Case {id} needs something changed or added before it can go on. Open the link below, make the changes and send it again.',
      ],
    },
    resubmitted: { button: 'Send again', happened: 'Sent again by the applicant' },
    rejected: {
      button: 'Reject',
      happened: 'Not approved',
      news: ['not approved', 'We are sorry: case {id} was not approved.'],
    },
    expired: {
      button: 'Not answered in time',
      happened: 'Not answered in time',
      news: [
        'ended unanswered',
        'Case {id} has ended because it was not answered in time. If there is still a need, please send it anew.',
      ],
    },
    withdrawn: {
      button: 'Withdraw',
      happened: 'Withdrawn by the applicant',
      news: ['withdrawn', 'Case {id} has been withdrawn.'],
    },
  },
  findings: {
    'name-nearly': 'The name is nearly that of “{name}”, which is known here: please look whether it is the same',
  },
  fields: {
    organization: { label: 'Name of the organization', hint: 'The full name, so that duplicates can be found' },
    organizationType: {
      label: 'Type of organization',
      choices: {
        hospital: 'Hospital',
        community: 'Community',
        'care-home': 'Care home',
        'volunteer-group': 'Volunteer group',
        'non-profit': 'Non-profit',
        other: 'Other',
      },
    },
    place: {
      label: 'Place',
      parts: { province: { label: 'Province' }, city: { label: 'City' }, district: { label: 'District or county' } },
    },
    contact: {
      label: 'Contact person',
      parts: {
        name: { label: 'Contact person' },
        phone: { label: 'Telephone' },
        email: { label: 'E-mail', hint: 'We send news of the request there. You can go on without one.' },
      },
    },
    language: { label: 'Language of contact', choices: { zh: '中文', en: 'English' } },
    consent: { label: 'Consent to the use of personal data' },
  },
  steps: { who: 'Who you are' },
} as const satisfies { stages: object; outcomes: Readonly<Record<string, OutcomeWords>>; findings: object } & Omit<
  FormWords<ApplicantInput, typeof applicantFields>,
  'answered'
>;
