import { GrantOnBehalfInput } from '../../../shared/kinds/grant/input.ts';
import type { DeskForms } from '../pages.ts';
import { grantEntryText } from './desk-texts.ts';
import { answersField, questionLabels } from './form.tsx';

/** A grant application as a coordinator enters it. Who enters one for others may not know each answer. */
export const grantDesk: DeskForms<'grant'> = {
  texts: grantEntryText,
  input: GrantOnBehalfInput,
  own({ language, programme }) {
    const questions = programme?.questions ?? [];
    return {
      own: {
        answers: answersField(questions, false),
        programme: { view: () => null, read: () => ({ value: programme?.id, problems: [] }) },
      },
      labels: questionLabels(language, questions),
    };
  },
};
