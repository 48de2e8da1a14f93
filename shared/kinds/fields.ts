import type { Kind } from '../domain/ids.ts';
import type { AnyFields } from './define.ts';
import { grantFields } from './grant/fields.ts';
import { insuranceFields } from './insurance/fields.ts';
import { needFields } from './need/fields.ts';

/** What each kind asks. */
export const fieldsOf: Readonly<Record<Kind, AnyFields>> = {
  need: needFields,
  grant: grantFields,
  insurance: insuranceFields,
};
