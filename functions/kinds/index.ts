import type { Kind } from '../../shared/domain/ids.ts';
import { grantDeskPages } from './grant/desk.tsx';
import { grantDesk } from './grant/desk-form.ts';
import { grantForms } from './grant/form.tsx';
import { grantSite } from './grant/site.tsx';
import { insuranceDeskPages } from './insurance/desk.tsx';
import { insuranceDesk } from './insurance/desk-form.tsx';
import { insuranceForms } from './insurance/form.tsx';
import { insuranceSite } from './insurance/site.tsx';
import { needDeskPages } from './need/desk.tsx';
import { needDesk } from './need/desk-form.ts';
import { needForms } from './need/form.tsx';
import { needSite } from './need/site.tsx';
import type { DeskForms, DeskPages, KindForms, SitePages } from './pages.ts';

/** What pages need of each kind of case: the only list. A bundle takes of it what its function uses. */
export const kindForms: { readonly [K in Kind]: KindForms<K> } = {
  need: needForms,
  grant: grantForms,
  insurance: insuranceForms,
};

/** Their pages behind a private link. */
export const sitePages: { readonly [K in Kind]: SitePages<K> } = {
  need: needSite,
  grant: grantSite,
  insurance: insuranceSite,
};

/** The forms of desks. */
export const deskForms: { readonly [K in Kind]: DeskForms<K> } = {
  need: needDesk,
  grant: grantDesk,
  insurance: insuranceDesk,
};

/** Their pages at desks. */
export const deskPages: { readonly [K in Kind]: DeskPages<K> } = {
  need: needDeskPages,
  grant: grantDeskPages,
  insurance: insuranceDeskPages,
};
