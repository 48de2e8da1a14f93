import type { Area } from '../area.ts';
import { jobsText } from '../texts/jobs.ts';
import { cancelForm, jobPage, jobsPage, retryForm } from './routes.tsx';

export const jobs: Area = {
  routes: [
    { path: '/console/jobs', action: 'see-jobs', get: jobsPage },
    { path: '/console/jobs/:id', action: 'see-jobs', get: jobPage },
    { path: '/console/jobs/:id/cancellation', action: 'cancel-job', post: cancelForm },
    { path: '/console/jobs/:id/retry', action: 'retry-job', post: retryForm },
  ],
  rights: { group: 'batches', words: (language) => jobsText[language].rights },
};
