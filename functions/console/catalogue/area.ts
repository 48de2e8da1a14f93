import type { Area } from '../area.ts';
import { catalogueText } from '../texts/catalogue.ts';
import { batchCsv, batchPage, batchWorkbook } from './batch.tsx';
import { makeOfferForm, offersPage } from './offers.tsx';
import { closeForm, programmeForm, programmesPage, publish } from './programmes.tsx';

export const programmes: Area = {
  routes: [
    { method: 'get', path: '/console/programmes', action: 'see-closed-programmes', handle: programmesPage },
    { method: 'get', path: '/console/programmes/new', action: 'publish-programme', handle: programmeForm },
    { method: 'post', path: '/console/programmes/new', action: 'publish-programme', handle: publish },
    { method: 'post', path: '/console/programmes/:id/close', action: 'close-programme', handle: closeForm },
  ],
  menu: {
    path: '/console/programmes',
    action: 'see-closed-programmes',
    name: (language) => catalogueText[language].menu.programmes,
  },
};

export const offers: Area = {
  routes: [
    { method: 'get', path: '/console/offers', action: 'see-offers', handle: offersPage },
    { method: 'post', path: '/console/offers', action: 'make-offer', handle: makeOfferForm },
  ],
  menu: { path: '/console/offers', action: 'see-offers', name: (language) => catalogueText[language].menu.offers },
};

export const batch: Area = {
  routes: [
    { method: 'get', path: '/console/insurance/batch', action: 'export-insurance-batch', handle: batchPage },
    { method: 'post', path: '/console/insurance/batch.xlsx', action: 'export-insurance-batch', handle: batchWorkbook },
    { method: 'post', path: '/console/insurance/batch.csv', action: 'export-insurance-batch', handle: batchCsv },
  ],
  menu: {
    path: '/console/insurance/batch',
    action: 'export-insurance-batch',
    name: (language) => catalogueText[language].menu.batch,
  },
};
