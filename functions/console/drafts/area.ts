import type { Area } from '../area.ts';
import { draftsText } from '../texts/drafts.ts';
import { draftForm, draftPage, newDraftPage, removalOfDraft } from './routes.tsx';

export const drafts: Area = {
  routes: [
    { method: 'get', path: '/console/drafts/new/:kind', action: 'save-draft', handle: newDraftPage },
    { method: 'get', path: '/console/drafts/:id', action: 'save-draft', handle: draftPage },
    { method: 'post', path: '/console/drafts/:id', action: 'save-draft', handle: draftForm },
    { method: 'post', path: '/console/drafts/:id/removal', action: 'save-draft', handle: removalOfDraft },
  ],
  rights: { group: 'people', words: (language) => draftsText[language].rights },
};
