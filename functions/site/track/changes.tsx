import type { Child } from 'hono/jsx';
import type { Hub } from '../../../shared/cases/hub.ts';
import type { Case, CaseOf } from '../../../shared/domain/case.ts';
import { decisionInputs } from '../../../shared/domain/decision/input.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import type { Programme } from '../../../shared/domain/grant/programme.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { formatFen } from '../../../shared/domain/money.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { type Answers, type Questions, withRows } from '../apply/answers.ts';
import { type Application, type Draft, drafted, type PageView } from '../apply/application.ts';
import { answersBody, BudgetView, budgetBody, budgetList, ProjectView, questionLabels } from '../apply/grant.tsx';
import { CoverView, coverProblems, receiveRoster, volunteerList, volunteersBody } from '../apply/insurance.tsx';
import {
  CareView,
  DeliveryView,
  LinesView,
  lineList,
  linesBody,
  needBody,
  neededByProblems,
  needFields,
} from '../apply/need.tsx';
import { isGoodRow, RosterView } from '../apply/roster-view.tsx';
import { ContactFields, contactBody, contactFields } from '../apply/who.tsx';
import { trackText } from '../texts/track.ts';

/** What an applicant can change when changes were requested: one page with what was sent. */
export interface Changes {
  readonly questions: Questions;
  readonly labels?: Readonly<Record<string, string>>;
  /** what was sent before */
  readonly sent: Answers;
  readonly files?: boolean;
  /** empty rows to begin with where there are none */
  readonly firstRows: number;
  view(page: PageView): Child;
  shows?(page: PageView, name: string): boolean;
  receive?: Application['receive'];
  draft(answers: Answers): Promise<Draft> | Draft;
}

/** Problems are found where the answer has them, `/changes/lines/0`, and shown where the form has them. */
function resubmission(kind: Case['kind'], answers: Answers, changes: unknown, found: readonly FieldProblem[]): Draft {
  const body = { outcome: 'resubmitted', reason: answers.get('reason') ?? '', changes };
  const inBody = found.map((problem) => ({ ...problem, pointer: `/changes${problem.pointer}` }));
  const draft = drafted(decisionInputs[kind], body, inBody);
  return { body, problems: draft.problems.map((problem) => asked(problem)) };
}

/** The field of the form for a problem with an answer's changes. */
export function asked(problem: FieldProblem): FieldProblem {
  return { ...problem, pointer: problem.pointer.replace(/^\/changes(?=\/)/, '') };
}

/** Contact and delivery of a case that came without may stay out; begun, they must be whole. */
function begun<T extends Readonly<Record<string, string>>>(name: string, fields: T) {
  return Object.values(fields).some((value) => value.trim() !== '') ? { [name]: fields } : {};
}

function contactAnswers(subject: Case): [string, string][] {
  const { name = '', phone = '', email = '' } = subject.contact ?? {};
  return [
    ['contact.name', name],
    ['contact.phone', phone],
    ['contact.email', email],
  ];
}

function needChanges(subject: CaseOf<'need'>, today: string): Changes {
  const { delivery, neededBy = '', note = '', urgency, careTier } = subject;
  const single: Answers = new Map([
    ...contactAnswers(subject),
    ['urgency', urgency],
    ['careTier', careTier],
    ['neededBy', neededBy],
    ['note', note],
    ['delivery.address', delivery?.address ?? ''],
    ['delivery.recipient', delivery?.recipient ?? ''],
    ['delivery.phone', delivery?.phone ?? ''],
  ]);
  const rows = subject.lines.map(({ item, specification = '', quantity, unit = '' }) => ({
    item,
    specification,
    quantity: quantity === null ? '' : String(quantity),
    unit,
  }));
  return {
    questions: { single: [...contactFields, ...needFields, 'reason'], list: lineList },
    sent: withRows(single, lineList, rows),
    firstRows: 1,
    view: (page) => (
      <>
        <LinesView {...page} />
        <hr />
        <CareView {...page} />
        <hr />
        <DeliveryView {...page} />
        <hr />
        <ContactFields form={page.form} />
      </>
    ),
    draft(answers) {
      const { lines, problems } = linesBody(answers);
      const { delivery, ...rest } = needBody(answers);
      const found = [...problems, ...(answers.get('neededBy') === neededBy ? [] : neededByProblems(answers, today))];
      return resubmission(
        'need',
        answers,
        { ...rest, ...begun('delivery', delivery), ...begun('contact', contactBody(answers)), lines },
        found,
      );
    },
  };
}

function grantChanges(language: Language, subject: CaseOf<'grant'>, programme: Programme): Changes {
  const { questions } = programme;
  const single: Answers = new Map([
    ...contactAnswers(subject),
    ['purpose', subject.purpose],
    ...Object.entries(subject.answers).map(([id, answer]): [string, string] => [`answers.${id}`, answer]),
  ]);
  const rows = subject.budget.map(({ description, amount }) => ({ description, amount: formatFen(amount) }));
  return {
    questions: {
      single: [...contactFields, 'purpose', 'reason', ...questions.map(({ id }) => `answers.${id}`)],
      list: budgetList,
    },
    labels: questionLabels(language, questions),
    sent: withRows(single, budgetList, rows),
    firstRows: 1,
    view: (page) => (
      <>
        <ProjectView page={page} questions={questions} />
        <hr />
        <BudgetView page={page} programme={programme} />
        <hr />
        <ContactFields form={page.form} />
      </>
    ),
    draft(answers) {
      const money = budgetBody(answers);
      const given = answersBody(answers, questions);
      const changes = {
        ...begun('contact', contactBody(answers)),
        purpose: answers.get('purpose') ?? '',
        budget: money.budget,
        answers: given.answers,
      };
      return resubmission('grant', answers, changes, [...money.problems, ...given.problems]);
    },
  };
}

function insuranceChanges(language: Language, subject: CaseOf<'insurance'>, today: string, hub: Hub): Changes {
  const text = trackText[language];
  const sent: Answers = new Map([
    ...contactAnswers(subject),
    ['activity', subject.activity],
    ['coverFrom', subject.coverFrom],
    ['coverTo', subject.coverTo],
  ]);
  const draft = async (answers: Answers) => {
    const volunteers = volunteersBody(answers);
    const found = await coverProblems(hub, answers, today, volunteers.length > 0);
    const changes = {
      ...begun('contact', contactBody(answers)),
      activity: answers.get('activity') ?? '',
      coverFrom: answers.get('coverFrom') ?? '',
      coverTo: answers.get('coverTo') ?? '',
      ...(volunteers.length > 0 && { volunteers }),
    };
    return resubmission('insurance', answers, changes, found);
  };
  return {
    questions: { single: [...contactFields, 'activity', 'coverFrom', 'coverTo', 'reason'], list: volunteerList },
    sent,
    files: true,
    firstRows: 1,
    view: (page) => (
      <>
        <CoverView {...page} />
        <hr />
        <h2>{text.rosterQuestion}</h2>
        <p>{fill(text.keepRoster, { count: subject.roster.count })}</p>
        <details open={page.checked || page.answers.has('volunteers.0.name') || page.form.error('file') !== undefined}>
          <summary>{text.newRoster}</summary>
          <RosterView {...page} />
        </details>
        <hr />
        <ContactFields form={page.form} />
      </>
    ),
    shows: (page, name) => !name.startsWith('volunteers.') || !isGoodRow(page, Number(name.split('.')[1])),
    receive: (form, answers, action) =>
      receiveRoster(language, form, answers, action, async () => (await draft(answers)).problems),
    draft,
  };
}

/** What can be changed of a case. `programme` is the grant's. */
export function changesOf(hub: Hub, language: Language, subject: Case, today: string, programme?: Programme): Changes {
  if (subject.kind === 'need') return needChanges(subject, today);
  if (subject.kind === 'insurance') return insuranceChanges(language, subject, today, hub);
  if (!programme) throw new Rejected('not-found');
  return grantChanges(language, subject, programme);
}
