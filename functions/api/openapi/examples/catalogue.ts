import { addDays, localDate } from '../../../../shared/domain/time.ts';
import type { Example } from '../../operation.ts';

export function programme(now: number): Record<string, Example> {
  const value = {
    name: '邻里互助小额资助',
    nameEn: 'Neighbours’ Fund',
    purpose: '支持社区和志愿者团队照顾隔离在家的老人、病人和孩子。',
    purposeEn: 'For communities and volunteer teams that look after people who are confined to their homes.',
    areas: ['江城省'],
    organizationTypes: ['community', 'volunteer-group', 'non-profit'],
    ceiling: 3_000_000,
    budget: 50_000_000,
    secondApprovalAbove: 2_000_000,
    closesOn: addDays(localDate(now), 30),
    reportDueDays: 30,
    questions: [
      { id: 'beneficiaries', text: '预计多少人受益？', textEn: 'How many people will benefit?', required: true },
    ],
  };
  return { programme: { summary: 'Awards up to 30,000 yuan, a second approver above 20,000', value } };
}

export function offer(now: number): Record<string, Example> {
  const value = {
    title: '医用防护口罩',
    itemGroup: 'respirators',
    areas: ['江城市'],
    amount: 20_000,
    expiresOn: addDays(localDate(now), 60),
    note: '可分批发货',
  };
  return { offer: { summary: '20,000 respirators for one city', value } };
}

/** The rows of a coordinator's sheet; a quantity that is not given means "amount unknown". */
export function needsSheet(now: number): string {
  const by = addDays(localDate(now), 5);
  return [
    '医院名称,省,市,区,物资名称,规格,需求数量,截止日期',
    `江城第十医院,江城省,江城市,柳岸区,医用防护口罩（N95）,GB 19083-2010,1500,${by}`,
    '江城第十医院,江城省,江城市,柳岸区,医用防护服,GB 19082-2009,,',
    `石坪县人民医院,江城省,石坪市,石坪县,护目镜,,300,${by}`,
  ].join('\n');
}

export function importFile(now: number): Record<string, Example> {
  return { sheet: { summary: 'Three lines of two hospitals, one of unknown amount', value: needsSheet(now) } };
}

export function importChoices(): Record<string, Example> {
  const value = { sheets: [{ name: '', headings: 1, columns: { B: null, E: 'item', G: 'quantity' }, without: [4] }] };
  return { mapping: { summary: 'Column E is the item, G the quantity, B nothing; row 4 is not taken', value } };
}

export function importForm(now: number): Record<string, Example> {
  return { sheet: { summary: 'The same as a form', value: { file: needsSheet(now) } } };
}
