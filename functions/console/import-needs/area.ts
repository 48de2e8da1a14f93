import type { Area } from '../area.ts';
import { importText } from '../texts/import.ts';
import { importMapping, importPage, importPreview, importProgress, importRun, importSent } from './routes.tsx';

export const importing: Area = {
  routes: [
    { path: '/console/import', action: 'import-needs', get: importPage },
    { path: '/console/import/sent/:file', action: 'import-needs', get: importSent },
    { path: '/console/import/:id', action: 'import-needs', get: importPreview },
    { path: '/console/import/:id/mapping', action: 'import-needs', post: importMapping },
    { path: '/console/import/:id/run', action: 'import-needs', get: importProgress, post: importRun },
  ],
  menu: { path: '/console/import', action: 'import-needs', name: (language) => importText[language].menu },
  rights: { group: 'batches', words: (language) => importText[language].rights },
};
