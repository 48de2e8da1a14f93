import type { Area } from '../area.ts';
import { permissionsPage } from './page.tsx';

export const permissions: Area = {
  routes: [{ method: 'get', path: '/console/permissions', action: 'see-permissions', handle: permissionsPage }],
};
