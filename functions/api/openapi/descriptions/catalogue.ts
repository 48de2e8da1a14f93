import { PartiesQuery, ProgrammesQuery } from '../../routes/queries.ts';
import type { Description } from '../description.ts';
import { importFile, importForm, importRun, offer, programme } from '../examples/catalogue.ts';
import { disclosure } from '../examples/disclosure.ts';

export const catalogue = {
  listProgrammes: {
    tag: 'programmes',
    summary: 'Open programmes',
    description: 'With `all=true` and a token, closed ones too.',
    query: ProgrammesQuery,
    answer: { description: 'Programmes', schema: 'ProgrammeList' },
  },
  publishProgramme: {
    tag: 'programmes',
    summary: 'Publish a programme',
    body: { content: { 'application/json': { schema: ['ProgrammeInput'], examples: programme } } },
    answer: { status: 201, description: 'The programme', schema: 'Programme' },
    refusals: ['already-exists'],
  },
  getProgramme: {
    tag: 'programmes',
    summary: 'A programme',
    answer: { description: 'The programme', schema: 'Programme' },
  },
  closeProgramme: {
    tag: 'programmes',
    summary: 'Take no more applications',
    description: 'Those that came in go on. Closing a closed programme changes nothing.',
    answer: { description: 'The programme, closed', schema: 'Programme' },
  },
  listOffers: {
    tag: 'offers',
    summary: 'Offers',
    description: 'All of them for coordinators; for a donor its own.',
    answer: { description: 'Offers', schema: 'OfferList' },
  },
  makeOffer: {
    tag: 'offers',
    summary: 'Say what one wants to give',
    body: { content: { 'application/json': { schema: ['OfferInput'], examples: offer } } },
    answer: { status: 201, description: 'The offer', schema: 'Offer' },
  },
  getMe: {
    tag: 'people',
    summary: 'What the caller is a member of',
    answer: { description: 'Parties, and the caller’s roles in them', schema: 'Me' },
  },
  listParties: {
    tag: 'people',
    summary: 'Funders and donors that a need can be matched to',
    query: PartiesQuery,
    answer: { description: 'Parties', schema: 'PartyList' },
  },
  planImport: {
    tag: 'imports',
    summary: 'See what importing a spreadsheet of needs would make',
    description:
      'CSV in any usual encoding, or XLSX; as `text/csv` it must be UTF-8. Lines are grouped into one need per organization and district. Nothing is made yet.',
    body: {
      content: {
        'text/csv': { schema: { type: 'string' }, examples: importFile },
        'application/octet-stream': { schema: {}, examples: importFile },
        'multipart/form-data': {
          schema: { type: 'object', properties: { file: { type: 'string' } }, required: ['file'] },
          examples: importForm,
        },
      },
    },
    answer: { status: 201, description: 'What it would make, and every row it cannot use', schema: 'Import' },
    refusals: ['unreadable-file'],
  },
  getImport: {
    tag: 'imports',
    summary: 'A planned import',
    answer: { description: 'What it would make, and every row it cannot use', schema: 'Import' },
  },
  runImport: {
    tag: 'imports',
    summary: 'Make the needs of an import',
    description:
      'Makes as many as a request has time for: call it again with `from` as `next` says until `remaining` is 0. Nothing is made twice.',
    body: { optional: true, content: { 'application/json': { schema: ['ImportRunInput'], examples: importRun } } },
    answer: { description: 'What this run made', schema: 'ImportRun' },
  },
  takeInsuranceBatch: {
    tag: 'insurance',
    summary: 'The insurer’s batch file',
    description:
      'Every volunteer of every request that waits to be bound, with numbers in full. The insurer says what for, and each case in it has that in its trail.',
    body: { content: { 'application/json': { schema: ['Disclosure'], examples: disclosure } } },
    answer: { description: 'A spreadsheet', schema: 'csv' },
  },
  getOpenApi: {
    tag: 'document',
    summary: 'This document',
    answer: { description: 'OpenAPI 3.1', schema: 'document' },
  },
} as const satisfies Record<string, Description>;
