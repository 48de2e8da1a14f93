import type { Bilingual } from '../../../shared/domain/language.ts';
import type { ShelterCase } from '../../../shared/kinds/shelter/case.ts';
import { type ShelterDecision, ShelterInput, ShelterOnBehalfInput } from '../../../shared/kinds/shelter/input.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { AnswerForm } from '../../forms/answer-form.tsx';
import { given } from '../../forms/desk-values.ts';
import { factRows } from '../../forms/facts.ts';
import { TextInput } from '../../web/inputs.tsx';
import { Panel } from '../../web/panel.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import { answerOf, type DeskAnswers } from '../desk-answers.ts';
import type { DeskForms, DeskPages, EntryTexts, FormTexts, KindForms, SitePages } from '../pages.ts';

const formText: Bilingual<FormTexts> = {
  zh: {
    title: '申请临时住宿',
    menu: '临时住宿',
    card: { title: '临时住宿', text: '医护人员、患者家属、滞留旅客的床位。', action: '申请床位' },
  },
  en: {
    title: 'Ask for beds',
    menu: 'Shelter',
    card: { title: 'Shelter', text: 'Beds for staff, families of patients and travellers.', action: 'Ask for beds' },
  },
};
const entryText: Bilingual<EntryTexts> = {
  zh: { card: { title: '临时住宿', text: '为机构申请床位' }, title: '代录临时住宿' },
  en: { card: { title: 'Shelter', text: 'Beds for an organization’s people' }, title: 'Shelter, on behalf' },
};
const zh = { left: '住客已经离开', leftText: '请在最后一位住客离开后告诉我们。' };
const siteText: Bilingual<typeof zh> = {
  zh,
  en: { left: 'The guests have left', leftText: 'Please tell us once the last guest has left.' },
};

/** Where they stay, once somebody found a house. */
function houseRow(language: 'zh' | 'en', subject: ShelterCase) {
  return 'house' in subject ? [{ label: kindWords[language].shelter.answered.house, value: subject.house }] : [];
}

/** The applicant's form: nothing of its own. */
export const shelterForms: KindForms<'shelter'> = {
  texts: formText,
  path: '/shelter/new',
  input: ShelterInput,
  ofProgramme: false,
  tells: 'beds',
  own: () => ({ own: {} }),
};

/** A request for beds behind its private link. */
export const shelterSite: SitePages<'shelter'> = {
  done: () => ({}),
  open: async (subject, { language, secret }) => ({
    answer: (form, task) =>
      subject.stage === 'staying' && (
        <AnswerForm
          form={form}
          secret={secret}
          task={task}
          outcome="left"
          title={kindWords[language].shelter.stages.staying}
          action={siteText[language].left}
        >
          <p>{siteText[language].leftText}</p>
        </AnswerForm>
      ),
    facts: () => <SummaryList rows={houseRow(language, subject)} />,
    details: [],
  }),
};

/** The same as a coordinator enters it. */
export const shelterDesk: DeskForms<'shelter'> = {
  texts: entryText,
  input: ShelterOnBehalfInput,
  own: () => ({ own: {} }),
};

const answers: DeskAnswers<ShelterDecision, ShelterCase> = {
  arranged: {
    fields: ({ form, scope }) => <TextInput form={form} name={`${scope}house`} maxlength={200} />,
    read: (_subject, { reader }) => given({ house: reader.text('house') }),
  },
};

/** A request for beds at a desk. */
export const shelterDeskPages: DeskPages<'shelter'> = {
  gist: (_language, { beds, stayFrom, stayTo }) => `${beds} · ${stayFrom} – ${stayTo}`,
  read: (subject, outcome, typed) => answerOf(answers, outcome)?.read(subject, typed),
  open: async (subject, { language }) => ({
    facts: () => (
      <Panel title={kindWords[language].shelter.name}>
        <SummaryList rows={[...factRows(language, subject, { about: 'request' }), ...houseRow(language, subject)]} />
      </Panel>
    ),
    fields: (outcome, form, scope) => answerOf(answers, outcome)?.fields({ form, scope, subject, held: undefined }),
  }),
};
