import type { Area } from '../area.ts';
import { importText } from '../texts/import.ts';
import { importForm, importPage, importPreview, importProgress, importRun } from './routes.tsx';

export const importing: Area = {
  routes: [
    { method: 'get', path: '/console/import', action: 'import-needs', handle: importPage },
    { method: 'post', path: '/console/import', action: 'import-needs', handle: importForm },
    { method: 'get', path: '/console/import/:id', action: 'import-needs', handle: importPreview },
    { method: 'post', path: '/console/import/:id/run', action: 'import-needs', handle: importRun },
    { method: 'get', path: '/console/import/:id/run', action: 'import-needs', handle: importProgress },
  ],
  menu: { path: '/console/import', action: 'import-needs', name: (language) => importText[language].menu },
  rights: { group: 'batches', words: (language) => importText[language].rights },
};
