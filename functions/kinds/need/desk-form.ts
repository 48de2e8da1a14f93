import { NeedOnBehalfInput } from '../../../shared/kinds/need/input.ts';
import type { DeskForms } from '../pages.ts';
import { needEntryText } from './desk-texts.ts';

/** A need as a coordinator enters it: nothing of its own. */
export const needDesk: DeskForms<'need'> = {
  texts: needEntryText,
  input: NeedOnBehalfInput,
  own: () => ({ own: {} }),
};
