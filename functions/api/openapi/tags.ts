/** How the document groups operations. */
export const tags = {
  submissions: 'Asking: a need, a grant application, volunteer insurance. Nobody has to sign in.',
  track: 'What an applicant does with the private link, without signing in.',
  cases: 'Cases, for those who work on them.',
  tasks: 'Questions to a party, each with its allowed outcomes: the only thing that moves a case on.',
  programmes: 'Funders’ calls for grant applications.',
  offers: 'What donors want to give.',
  insurance: 'Rosters of volunteers and the insurer’s batch file.',
  imports: 'A coordinator’s spreadsheet of needs.',
  audit: 'Who saw and did what, bound by hashes, for auditors.',
  people: 'Who the caller is, who can be asked, and the people of the caller’s party.',
  organization: 'An organization’s own: the addresses by which cases are its own, and drafts that its members share.',
  referrals: 'People in need, referred with their consent to a party that can help.',
  privacy: 'What a person may ask: to see what is kept about them, and to have it erased.',
  document: 'This document.',
} as const;
