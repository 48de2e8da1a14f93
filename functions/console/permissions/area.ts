import type { Area } from '../area.ts';
import { permissionsPage } from './page.tsx';

export const permissions: Area = {
  routes: [{ path: '/console/permissions', action: 'see-permissions', get: permissionsPage }],
};
