import type { Area, Areas } from './area.ts';
import { audit } from './audit/area.ts';
import { cases } from './case/area.ts';
import { batch, offers, programmes } from './catalogue/area.ts';
import { drafts } from './drafts/area.ts';
import { entry } from './entry/area.ts';
import { importing } from './import-needs/area.ts';
import { jobs } from './jobs/area.ts';
import { inbox } from './lists/area.ts';
import { operations } from './operations/area.ts';
import { organizations } from './organizations/area.ts';
import { members, requests } from './people/area.ts';
import { permissions } from './permissions/area.ts';
import { personRequests } from './person-requests/area.ts';
import { referrals } from './referrals/area.ts';
import { routesOf } from './route.ts';
import { signIn } from './sign-in/area.ts';
import { standIns } from './stand-ins/area.ts';

/** Every area of the console, in the order of the menu: the only list. */
const areas = {
  'sign-in': signIn,
  inbox,
  requests,
  cases,
  programmes,
  offers,
  batch,
  organizations,
  referrals,
  import: importing,
  new: entry,
  'person-requests': personRequests,
  'stand-ins': standIns,
  audit,
  operations,
  members,
  drafts,
  jobs,
  permissions,
} as const satisfies Record<string, Area>;
export type Room = keyof typeof areas;

export const areaList: Areas = Object.entries(areas);

/** What works without a session: signing in, coming back, and having signed out. */
export const openRoutes = routesOf(areaList.flatMap(([, { open = [] }]) => open));

/** Every page and form of the console for those who are signed in, each with the action that it needs. */
export const memberRoutes = routesOf(areaList.flatMap(([, { routes = [] }]) => routes));
