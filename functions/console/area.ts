import type { Language } from '../../shared/domain/language.ts';
import type { Action } from '../../shared/domain/permissions.ts';
import type { PathRoutes } from './route.ts';
import type { permissionText } from './texts/permissions.ts';

/** Where an area stands in the menu. */
interface MenuEntry {
  readonly path: `/console${string}`;
  /** who may do this is shown the entry */
  readonly action: Action;
  readonly name: (language: Language) => string;
}

/** What an area lets people do, as the page of permissions says it. */
interface Rights {
  /** under which of the page's headlines */
  readonly group: keyof (typeof permissionText)['zh']['groups'];
  readonly words: (language: Language) => Readonly<Partial<Record<Action, string>>>;
}

/** A part of the console: all that its frame, its routing and the page of permissions know of it. */
export interface Area {
  /** what works without a session */
  readonly open?: readonly PathRoutes[];
  /** pages and forms for those who are signed in, each with the action that it needs */
  readonly routes?: readonly PathRoutes[];
  readonly menu?: MenuEntry;
  readonly rights?: Rights;
}

/** The areas by name, in the order of the menu. */
export type Areas = readonly (readonly [name: string, area: Area])[];
