import type { Area } from '../area.ts';
import { jobsText } from '../texts/jobs.ts';
import { cancelForm, jobPage, jobsPage, retryForm } from './routes.tsx';

export const jobs: Area = {
  routes: [
    { method: 'get', path: '/console/jobs', action: 'see-jobs', handle: jobsPage },
    { method: 'get', path: '/console/jobs/:id', action: 'see-jobs', handle: jobPage },
    { method: 'post', path: '/console/jobs/:id/cancellation', action: 'cancel-job', handle: cancelForm },
    { method: 'post', path: '/console/jobs/:id/retry', action: 'retry-job', handle: retryForm },
  ],
  rights: { group: 'batches', words: (language) => jobsText[language].rights },
};
