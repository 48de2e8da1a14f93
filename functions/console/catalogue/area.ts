import type { Area } from '../area.ts';
import { catalogueText } from '../texts/catalogue.ts';
import { batchCsv, batchPage, batchWorkbook } from './batch.tsx';
import { makeOfferForm, offersPage } from './offers.tsx';
import { closeForm, programmeForm, programmesPage, publish } from './programmes.tsx';

export const programmes: Area = {
  routes: [
    { path: '/console/programmes', action: 'see-closed-programmes', get: programmesPage },
    { path: '/console/programmes/new', action: 'publish-programme', get: programmeForm, post: publish },
    { path: '/console/programmes/:id/close', action: 'close-programme', post: closeForm },
  ],
  menu: {
    path: '/console/programmes',
    action: 'see-closed-programmes',
    name: (language) => catalogueText[language].menu.programmes,
  },
};

export const offers: Area = {
  routes: [
    { path: '/console/offers', action: 'see-offers', get: offersPage },
    { path: '/console/offers', action: 'make-offer', post: makeOfferForm },
  ],
  menu: { path: '/console/offers', action: 'see-offers', name: (language) => catalogueText[language].menu.offers },
};

export const batch: Area = {
  routes: [
    { path: '/console/insurance/batch', action: 'export-insurance-batch', get: batchPage },
    { path: '/console/insurance/batch.xlsx', action: 'export-insurance-batch', post: batchWorkbook },
    { path: '/console/insurance/batch.csv', action: 'export-insurance-batch', post: batchCsv },
  ],
  menu: {
    path: '/console/insurance/batch',
    action: 'export-insurance-batch',
    name: (language) => catalogueText[language].menu.batch,
  },
};
