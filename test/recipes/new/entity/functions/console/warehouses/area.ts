import type { Area } from '../area.ts';
import { warehousesText } from '../texts/warehouses.ts';
import { openWarehouseForm, warehousesPage } from './page.tsx';

export const warehouses: Area = {
  routes: [
    { path: '/console/warehouses', action: 'see-warehouses', get: warehousesPage },
    { path: '/console/warehouses', action: 'open-warehouse', post: openWarehouseForm },
  ],
  menu: { path: '/console/warehouses', action: 'see-warehouses', name: (language) => warehousesText[language].menu },
  rights: { group: 'batches', words: (language) => warehousesText[language].rights },
};
