import type { Area } from '../area.ts';
import { draftsText } from '../texts/drafts.ts';
import { draftForm, draftPage, draftWithFile, newDraftPage, removalOfDraft } from './routes.tsx';

export const drafts: Area = {
  routes: [
    { path: '/console/drafts/new/:kind', action: 'save-draft', get: newDraftPage },
    { path: '/console/drafts/:id', action: 'save-draft', get: draftPage, post: draftForm },
    { path: '/console/drafts/:id/file/:file', action: 'save-draft', get: draftWithFile },
    { path: '/console/drafts/:id/removal', action: 'save-draft', post: removalOfDraft },
  ],
  rights: { group: 'people', words: (language) => draftsText[language].rights },
};
