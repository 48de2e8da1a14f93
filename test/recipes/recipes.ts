// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pieces of code

/** A piece of a file, and what stands there once the step is done. It must stand there once. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A recipe of CONTRIBUTING.md, done on an example. */
export interface Recipe {
  /** as the table there has it */
  readonly name: string;
  /** the folder in `new/` with its new files, which come with the first step */
  readonly files?: string;
  /** what somebody would begin with */
  readonly first: readonly Edit[];
  /** the other steps */
  readonly rest: readonly Edit[];
  /** what the compiler says after the first step, in which file */
  readonly named: readonly (readonly [file: string, words: RegExp])[];
  /** what tests ask for, which the table does not count */
  readonly tests?: readonly Edit[];
}

/** Puts text behind a piece of a file. */
function behind(file: string, piece: string, text: string): Edit {
  return { file, from: piece, to: piece + text };
}

const need = 'shared/kinds/need';
const grant = 'shared/kinds/grant';
const insurance = 'shared/kinds/insurance';

const field: Recipe = {
  name: 'a field of a need',
  first: [behind(`${need}/input.ts`, 'neededBy: LocalDate.optional()', ', access: LocalDate.optional()')],
  rest: [
    behind(
      `${need}/fields.ts`,
      '/neededby|deadline|duedate/],\n    },\n  },\n',
      "  access: { widget: 'date', step: 'delivery', in: ['submit', 'behalf', 'changes'], column: { names: ['access'] } },\n",
    ),
    behind(`${need}/words.zh.ts`, "hint: '不确定可以不填' },\n", "    access: { label: '何时可以卸货' },\n"),
    behind(
      `${need}/words.en.ts`,
      "hint: 'Leave empty if you cannot say' },\n",
      "    access: { label: 'Gate open from' },\n",
    ),
  ],
  named: [
    [`${need}/fields.ts`, /'access' is missing/],
    [`${need}/words.zh.ts`, /'access' is missing/],
    [`${need}/words.en.ts`, /'access' is missing/],
  ],
};

const stage: Recipe = {
  name: 'a stage of a grant',
  first: [
    behind(
      `${grant}/case.ts`,
      "  agreed.extend({ stage: z.literal('disbursing') }),\n",
      "  agreed.extend({ stage: z.literal('tranche-due') }),\n",
    ),
  ],
  rest: [
    behind(`${grant}/stages.ts`, "accepted: ['disbursing'", ", 'tranche-due'"),
    behind(`${grant}/stages.ts`, "'account-corrected': ['disbursing'", ", 'tranche-due'"),
    behind(
      `${grant}/stages.ts`,
      "  closed: { way: 'main' },\n",
      "  'tranche-due': { way: 'aside', asks: applicant, waits: chasedUntilExpiry(days(7), days(3), days(4)), on: { expired: ['lapsed'] } },\n",
    ),
    behind(`${grant}/decide.ts`, "    case 'agreement':\n", "    case 'tranche-due':\n"),
    behind(`${grant}/words.zh.ts`, "    delivering: '项目执行',\n", "    'tranche-due': '分期待付',\n"),
    behind(`${grant}/words.en.ts`, "    delivering: 'Project under way',\n", "    'tranche-due': 'Next part due',\n"),
  ],
  named: [
    [`${grant}/stages.ts`, /tranche-due/],
    [`${grant}/words.zh.ts`, /tranche-due/],
    [`${grant}/words.en.ts`, /tranche-due/],
  ],
};

const outcome: Recipe = {
  name: 'an outcome that asks something',
  first: [
    behind(
      `${insurance}/decision.ts`,
      "  plain('approved', {}),\n",
      "  // the insurer wants to know more\n  plain('queried', { question: line(200) }),\n",
    ),
  ],
  rest: [
    behind(`${insurance}/stages.ts`, '  bound: {},\n', '  queried: {},\n'),
    behind(`${insurance}/stages.ts`, "bound: ['active'], ", "queried: ['changes-requested'], "),
    behind(
      `${insurance}/decide.ts`,
      '  const { outcome } = input;\n',
      "  if (outcome === 'queried' && before.stage === 'binding') {\n    const after = { ...before, ...moved(before, outcome, how), returnTo: 'approving' as const };\n    return change(before, { ...after, stage: 'changes-requested' }, outcome, how);\n  }\n",
    ),
    behind(
      `${insurance}/words.zh.ts`,
      '  outcomes: {\n',
      "    queried: { button: '询问', happened: '保险公司询问', news: ['请补充', '保险公司对 {id} 有疑问。'] },\n",
    ),
    behind(
      `${insurance}/words.en.ts`,
      '  outcomes: {\n',
      "    queried: { button: 'Ask', happened: 'Asked', news: ['a question', 'The insurer asks about case {id}.'] },\n",
    ),
    behind(
      'functions/kinds/insurance/api.ts',
      "      bound: { policyNumber: 'AT-2020-000123' },\n",
      "      queried: { question: '志愿者是否驾驶摩托车？' },\n",
    ),
    behind(
      'functions/kinds/insurance/desk.tsx',
      'const insuranceAnswers: DeskAnswers<InsuranceDecision, InsuranceCase> = {\n',
      "  queried: {\n    fields: ({ form, scope }) => <TextInput form={form} name={`${scope}question`} />,\n    read: (_subject, { reader }) => given({ question: reader.text('question') }),\n  },\n",
    ),
  ],
  named: [
    [`${insurance}/stages.ts`, /'queried' is missing/],
    [`${insurance}/words.zh.ts`, /queried/],
    [`${insurance}/words.en.ts`, /queried/],
    ['functions/kinds/insurance/api.ts', /queried/],
    ['functions/kinds/insurance/desk.tsx', /'queried' is missing/],
  ],
};

const kind: Recipe = {
  name: 'a kind',
  files: 'kind',
  first: [
    behind('shared/domain/ids.ts', "kinds = ['need', 'grant', 'insurance'", ", 'shelter'"),
    behind('shared/domain/ids.ts', "insurance: make('insurance')", ", shelter: make('shelter')"),
    behind('shared/domain/ids.ts', "insurance: 'I'", ", shelter: 'S'"),
    behind(
      'shared/kinds/case.ts',
      "import { NeedCase } from './need/case.ts';\n",
      "import { ShelterCase } from './shelter/case.ts';\n",
    ),
    behind('shared/kinds/case.ts', '[NeedCase, GrantCase, InsuranceCase', ', ShelterCase'),
  ],
  rest: [
    behind(
      'shared/kinds/index.ts',
      "import type { NeedOutcome } from './need/stages.ts';\n",
      "import { shelter } from './shelter/kind.ts';\nimport type { ShelterOutcome } from './shelter/stages.ts';\n",
    ),
    behind(
      'shared/kinds/index.ts',
      '  readonly insurance: InsuranceOutcome;\n',
      '  readonly shelter: ShelterOutcome;\n',
    ),
    behind('shared/kinds/index.ts', '{ need, grant, insurance', ', shelter'),
    behind(
      'shared/kinds/fields.ts',
      "import { needFields } from './need/fields.ts';\n",
      "import { shelterFields } from './shelter/input.ts';\n",
    ),
    behind('shared/kinds/fields.ts', '  insurance: insuranceFields,\n', '  shelter: shelterFields,\n'),
    behind(
      'shared/kinds/words.ts',
      "import { zh as needZh } from './need/words.zh.ts';\n",
      "import { en as shelterEn } from './shelter/words.en.ts';\nimport { zh as shelterZh } from './shelter/words.zh.ts';\n",
    ),
    behind('shared/kinds/words.ts', 'insurance: insuranceZh', ', shelter: shelterZh'),
    behind('shared/kinds/words.ts', 'insurance: insuranceEn', ', shelter: shelterEn'),
    behind(
      'shared/kinds/decision.ts',
      "import { NeedDecision } from './need/decision.ts';\n",
      "import { advanceShelter, withdrawShelter } from './shelter/decide.ts';\nimport { ShelterDecision } from './shelter/input.ts';\n",
    ),
    behind('shared/kinds/decision.ts', '  insurance: InsuranceDecision,\n', '  shelter: ShelterDecision,\n'),
    behind(
      'shared/kinds/decision.ts',
      'withdraw: withdrawInsurance },\n',
      '  shelter: { advance: advanceShelter, withdraw: withdrawShelter },\n',
    ),
    behind(
      'shared/case/kinds/index.ts',
      "import { need } from './need.ts';\n",
      "import { shelter } from './shelter.ts';\n",
    ),
    behind('shared/case/kinds/index.ts', '{ need, grant, insurance', ', shelter'),
    behind(
      'functions/kinds/index.ts',
      "import type { DeskForms, DeskPages, KindForms, SitePages } from './pages.ts';\n",
      "import { shelterDesk, shelterDeskPages, shelterForms, shelterSite } from './shelter/pages.tsx';\n",
    ),
    behind('functions/kinds/index.ts', '  insurance: insuranceForms,\n', '  shelter: shelterForms,\n'),
    behind('functions/kinds/index.ts', '  insurance: insuranceSite,\n', '  shelter: shelterSite,\n'),
    behind('functions/kinds/index.ts', '  insurance: insuranceDesk,\n', '  shelter: shelterDesk,\n'),
    behind('functions/kinds/index.ts', '  insurance: insuranceDeskPages,\n', '  shelter: shelterDeskPages,\n'),
    behind(
      'functions/kinds/api.ts',
      "import { needApi } from './need/api.ts';\n",
      "import { shelterApi } from './shelter/api.ts';\n",
    ),
    behind('functions/kinds/api.ts', '  insurance: insuranceApi,\n', '  shelter: shelterApi,\n'),
    behind('functions/kinds/api.ts', 'insuranceApi.view', ', shelterApi.view'),
  ],
  named: [
    ['shared/kinds/index.ts', /'shelter' is missing/],
    ['shared/kinds/fields.ts', /'shelter' is missing/],
    ['shared/kinds/words.ts', /'shelter'/],
    ['shared/kinds/decision.ts', /'shelter' is missing/],
    ['shared/case/kinds/index.ts', /'shelter' is missing/],
    ['functions/kinds/index.ts', /'shelter' is missing/],
    // `functions/kinds/api.ts` too, where the missing answer of another recipe's outcome is told first
    // and tests that walk every kind ask for its way
    ['test/factory/hub.ts', /'shelter' is missing/],
    ['test/golden/whole-cases.ts', /'shelter' is missing/],
    ['test/contract/route-by-role.test.ts', /'shelter' is missing/],
  ],
  tests: [
    behind(
      'test/factory/hub.ts',
      '    volunteers: [aVolunteer(), aVolunteer()],\n    ...changes,\n  }),\n',
      "  shelter: (changes: object = {}) => ({\n    ...common,\n    guests: 'staff',\n    beds: '6',\n    stayFrom: day(1),\n    stayTo: day(9),\n    ...changes,\n  }),\n",
    ),
    behind(
      'test/factory/hub.ts',
      'Record<string, Answer>>>> = {\n',
      "  shelter: {\n    arranging: { who: 'hub-coordinator', body: { outcome: 'arranged', house: '江畔宾馆' } },\n    staying: { who: '', body: { outcome: 'left' } },\n  },\n",
    ),
    behind(
      'test/golden/whole-cases.ts',
      'const whole: Readonly<Record<Kind, object>> = { need, grant, insurance',
      ",\n  shelter: {\n    ...common,\n    kind: 'shelter',\n    id: 'S000000001',\n    guests: 'staff',\n    beds: '6',\n    stayFrom: '2020-02-03',\n    stayTo: '2020-02-20',\n    house: '江畔宾馆',\n    closedAt: at,\n  }",
    ),
    behind(
      'test/golden/whole-cases.ts',
      "const returnTo = kind === 'grant' ? 'second-approval' : ",
      "kind === 'shelter' ? 'arranging' : ",
    ),
    behind('test/contract/route-by-role.test.ts', "insurance: 'binding'", ", shelter: 'arranging'"),
    behind(
      'test/unit/privacy-classes.test.ts',
      "  'case.contact.name': 'found',\n",
      "  'case.wishes': 'what is asked',\n",
    ),
  ],
};

const entity: Recipe = {
  name: 'an entity with pages',
  files: 'entity',
  first: [],
  rest: [
    behind(
      'shared/domain/ids.ts',
      'export type OfferId = z.infer<typeof OfferId>;\n',
      "\nexport const WarehouseId = z\n  .string()\n  .regex(/^[a-z0-9]{10}$/)\n  .brand('WarehouseId');\n",
    ),
    behind(
      'shared/store/keys.ts',
      "  offer: (id: string): Key => ({ pk: 'OFFERS', sk: `OFFER#${id}` }),\n",
      '  warehouse: (party: PartyId, id: string): Key => ({ pk: `WAREHOUSES#${party}`, sk: `WAREHOUSE#${id}` }),\n',
    ),
    behind(
      'shared/domain/permissions.ts',
      "  'list-funders': { ...hub('any'), ...auditor },\n",
      "  'see-warehouses': hub('own'),\n  'open-warehouse': hub('own'),\n",
    ),
    behind(
      'functions/api/areas.ts',
      "import { track } from './areas/track.ts';\n",
      "import { warehouses } from './areas/warehouses.ts';\n",
    ),
    behind(
      'functions/api/areas.ts',
      'operations: offers },\n',
      "  warehouses: { about: 'Where a hub’s goods lie.', operations: warehouses },\n",
    ),
    behind(
      'functions/console/areas.ts',
      "import { standIns } from './stand-ins/area.ts';\n",
      "import { warehouses } from './warehouses/area.ts';\n",
    ),
    behind('functions/console/areas.ts', '  offers,\n', '  warehouses,\n'),
  ],
  named: [
    ['shared/entities/warehouse/warehouse.ts', /'WarehouseId'/],
    ['shared/store/warehouses.ts', /'warehouse'/],
    ['shared/case/open-warehouse.ts', /"open-warehouse"/],
    ['functions/console/warehouses/page.tsx', /"warehouses"/],
  ],
  tests: [
    behind(
      'test/unit/spread-keys.test.ts',
      "  jobOf: 'see jobsOf',\n",
      "  warehouse: 'a hub’s places, some dozens',\n",
    ),
    behind(
      'test/unit/privacy-classes.test.ts',
      'const stored: Readonly<Record<string, z.ZodType>> = {\n',
      '  warehouse: Warehouse,\n',
    ),
    behind(
      'test/unit/privacy-classes.test.ts',
      "import * as z from 'zod';\n",
      "import { Warehouse } from '../../shared/entities/warehouse/warehouse.ts';\n",
    ),
  ],
};

const letter: Recipe = {
  name: 'a letter',
  first: [
    behind(
      'shared/domain/letter.ts',
      "    ...classed('party', { party: PartyId, referral: ReferralId }),\n  }),\n",
      "  /** how many requests came in, to the hub's own mail box */\n  letter.extend({ type: z.literal('tally'), ...classed('party', { party: PartyId }) }),\n",
    ),
  ],
  rest: [
    behind(
      'functions/notify/letter.ts',
      "    case 'referral':\n      return referralMails(notifier, letter);\n",
      "    case 'tally':\n      return [await tallyMail(notifier, letter)];\n",
    ),
    {
      file: 'functions/notify/letter.ts',
      from: 'async function mailsFor(',
      to: `async function tallyMail({ table, publicUrl }: Notifier, letter: LetterOf<'tally'>): Promise<Written | undefined> {
  const party = await readParty(table, letter.party);
  const to = party?.contact?.email;
  if (!party || to === undefined) return undefined;
  const texts = letterText.zh.tally;
  const subject = subjectLine(texts.subject, Party, party);
  return written({ cause: { type: 'letter' }, to, language: 'zh', subject, texts, params: {}, link: \`\${publicUrl}/console\` });
}

async function mailsFor(`,
    },
    behind(
      'functions/notify/letter-texts.ts',
      "const zh = {\n  hello: '您好：',\n",
      "  tally: { subject: '【接力】昨天的申请', body: '昨天又有新的申请。', open: '打开工作台' },\n",
    ),
    behind(
      'functions/notify/letter-texts.ts',
      "  hello: 'Hello,',\n",
      "  tally: { subject: '[Jieli] Requests of yesterday', body: 'More requests came in.', open: 'Open the console' },\n",
    ),
    behind('functions/console/texts/operations.ts', "    referral: '被转介请求的机构',\n", "    tally: '协调中心',\n"),
    behind(
      'functions/console/texts/operations.ts',
      "    referral: 'a party that is asked to help a person',\n",
      "    tally: 'the hub',\n",
    ),
  ],
  named: [
    ['functions/notify/letter.ts', /lacks ending return|undefined/],
    ['functions/console/texts/operations.ts', /'tally' is missing/],
  ],
};

const role: Recipe = {
  name: 'a role',
  first: [
    behind(
      'shared/domain/party.ts',
      "funder: ['reviewer', 'approver', 'finance', 'programme-manager'",
      ", 'treasurer'",
    ),
  ],
  rest: [
    behind('shared/i18n/domain.ts', "    finance: '财务',\n", "    treasurer: '司库',\n"),
    behind('shared/i18n/domain.ts', "    finance: 'Finance',\n", "    treasurer: 'Treasurer',\n"),
    behind(
      'shared/domain/permissions.ts',
      "both(['reviewer', 'approver', 'finance', 'programme-manager'",
      ", 'treasurer'",
    ),
    behind(
      'cdk/cli/demo/people.ts',
      "  member('insurer', 'insurer', '安承保', 'zh', ['insurer']),\n",
      "  member('funder-treasurer', 'river-foundation', '司库', 'zh', ['treasurer']),\n",
    ),
  ],
  named: [['functions/notify/letter.ts', /treasurer/]],
};

const resource: Recipe = {
  name: 'a resource that means nothing on one machine',
  files: 'resource',
  first: [
    behind(
      'cdk/jieli-stack.ts',
      "import { MacKey } from './constructs/mac-key.ts';\n",
      "import { OpeningHours } from './constructs/opening-hours.ts';\n",
    ),
    behind(
      'cdk/jieli-stack.ts',
      "    const anchors = new Anchors(this, 'Anchors', lifetime);\n",
      "    new OpeningHours(this, 'OpeningHours');\n",
    ),
  ],
  rest: [
    behind(
      'cdk/local/template/nothing-to-do.ts',
      "  'AWS::SNS::Subscription': 'alarms have nobody to tell',\n",
      "  'AWS::SSM::Parameter': 'nobody looks it up here',\n",
    ),
  ],
  named: [],
};

export const recipes: readonly Recipe[] = [field, stage, outcome, kind, entity, letter, role, resource];

/** Slips of the pen that compile, and what the units then say: the test's file, and the test. */
export const slips: readonly {
  readonly what: string;
  readonly edit: Edit;
  readonly red: readonly [file: string, name: RegExp];
}[] = [
  {
    what: 'a field without a privacy class',
    edit: behind(`${need}/input.ts`, 'export const needAsked = {\n', '  plain: z.string().optional(),\n'),
    red: ['test/unit/privacy-classes.test.ts', /has a class: case/],
  },
  {
    what: 'a field with the label of another',
    edit: { file: `${need}/words.en.ts`, from: "label: 'Gate open from'", to: "label: 'Needed by'" },
    red: ['test/unit/fields.test.ts', /one label at every door, and no two fields have the same/],
  },
  {
    what: 'a change that time makes without a decision',
    edit: { file: `${grant}/decide.ts`, from: "    case 'tranche-due':\n", to: '' },
    red: ['test/unit/lifecycle.test.ts', /has a decision for every change that time makes/],
  },
  {
    what: 'an area of the console that is in no menu',
    edit: { file: 'functions/console/areas.ts', from: '  offers,\n  warehouses,\n', to: '  offers,\n' },
    red: ['test/unit/permissions.test.ts', /stands whole on the page/],
  },
];
