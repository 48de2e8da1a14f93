import { DRAFT_DAYS } from '../../../../shared/kinds/draft.ts';
import type { Description } from '../description.ts';
import * as example from '../examples/people.ts';

const draft = { description: 'The draft as it is kept now', schema: 'Draft' } as const;

export const drafts = {
  listDrafts: {
    tag: 'organization',
    summary: 'Drafts of the caller’s organization',
    answer: { description: 'What each is for and who saved it, the last saved first', schema: 'DraftList' },
  },
  beginDraft: {
    tag: 'organization',
    summary: 'Begin a draft',
    description: `\`answers\` are what was typed, by the names of the form’s fields, checked by nothing; consent is not kept in a draft. It is kept ${DRAFT_DAYS} days after it was last saved, for every member of the organization, also in the console.`,
    body: { content: { 'application/json': { schema: ['DraftInput'], examples: example.draft } } },
    answer: { ...draft, status: 201 },
    refusals: ['enough-of-these', 'membership-ended'],
  },
  getDraft: {
    tag: 'organization',
    summary: 'A draft with what was typed',
    description:
      'That somebody else than who saved it saw it is on record. For one that was sent, `params` name its case.',
    answer: draft,
    refusals: ['draft-sent'],
  },
  saveDraft: {
    tag: 'organization',
    summary: 'Save a draft',
    description: 'All its answers, over the `version` that was read: what a colleague saved since is never lost.',
    body: { content: { 'application/json': { schema: ['DraftChange'], examples: example.draftChange } } },
    answer: draft,
    refusals: ['draft-changed', 'draft-sent', 'membership-ended', 'enough-of-these'],
  },
  removeDraft: {
    tag: 'organization',
    summary: 'Remove a draft',
    body: { content: { 'application/json': { schema: ['DraftRemoval'], examples: example.draftRemoval } } },
    answer: { description: 'Which draft is no longer there', schema: 'Removed' },
    refusals: ['draft-changed', 'membership-ended'],
  },
  sendDraft: {
    tag: 'organization',
    summary: 'Send a draft in',
    description:
      '`application` is what the draft became, as that kind of case is submitted, with the consent of whoever sends it. The draft is gone with the case that it became. Sent again the same, it gives the same case.',
    body: { content: { 'application/json': { schema: ['DraftSending'], examples: example.draftSending } } },
    answer: { status: 201, description: 'The case, the organization’s own', schema: 'Case' },
    refusals: ['draft-changed', 'draft-sent', 'membership-ended', 'programme-closed'],
  },
} as const satisfies Record<string, Description>;
