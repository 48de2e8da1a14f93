import { presentConsent } from '../../../../shared/domain/consent.ts';
import { addDays, localDate } from '../../../../shared/domain/time.ts';
import type { Example } from '../../operation.ts';
import { madeUpIdentityNumber } from './identity-number.ts';

const place = { province: '江城省', city: '江城市', district: '东湖区' };

export function need(now: number): Record<string, Example> {
  const value = {
    organization: '东湖第八社区卫生服务中心',
    organizationType: 'community',
    language: 'zh',
    consent: presentConsent,
    place,
    urgency: 'urgent',
    careTier: 'suspected',
    lines: [
      { item: '医用防护口罩（N95）', specification: 'GB 19083-2010', quantity: null, unit: '只' },
      { item: '一次性医用口罩', quantity: 5000, unit: '只' },
      { item: '75%酒精消毒液', specification: '500ml/瓶', quantity: 200, unit: '瓶' },
    ],
    neededBy: addDays(localDate(now), 7),
    delivery: { address: '东湖区柳岸路 8 号后勤仓库', recipient: '刘主任', phone: '027-00001234' },
    contact: { name: '刘主任', phone: '027-00001234', email: 'liu@clinic8.example.org' },
    note: '每天 14 点后可以收货。',
  };
  return { need: { summary: 'Three lines, one of unknown amount', value } };
}

export function grant(): Record<string, Example> {
  const value = {
    programme: 'rapid-response-fund',
    organization: '柳岸邻里互助队',
    organizationType: 'volunteer-group',
    language: 'zh',
    consent: presentConsent,
    place,
    contact: { name: '周队长', phone: '027-00005678', email: 'zhou@neighbours.example.org' },
    purpose: '为东湖区隔离在家的独居老人送菜送药一个月，每天约 60 户。',
    budget: [
      { description: '车辆燃油补贴', amount: 600_000 },
      { description: '口罩、手套等防护用品', amount: 400_000 },
      { description: '志愿者餐补', amount: 200_000 },
    ],
    answers: { beneficiaries: '约 300 位独居老人' },
  };
  return { grant: { summary: 'An application to a programme of the demo data, 12,000 yuan', value } };
}

function volunteers(now: number) {
  return [
    { name: '陈晓', identityNumber: madeUpIdentityNumber(now, 0), phone: '13900000001' },
    { name: '李文博', identityNumber: madeUpIdentityNumber(now, 1), phone: '13900000002' },
  ];
}

function cover(now: number) {
  const today = localDate(now);
  return { coverFrom: addDays(today, 2), coverTo: addDays(today, 31) };
}

export function insurance(now: number): Record<string, Example> {
  const value = {
    organization: '柳岸邻里互助队',
    organizationType: 'volunteer-group',
    language: 'zh',
    consent: presentConsent,
    place,
    contact: { name: '周队长', phone: '027-00005678', email: 'zhou@neighbours.example.org' },
    activity: '驾车为独居老人送菜送药',
    ...cover(now),
    volunteers: volunteers(now),
  };
  return { insurance: { summary: 'Thirty days’ cover for two made-up volunteers', value } };
}

export function rosterReview(now: number): Record<string, Example> {
  const bad = { name: '王', identityNumber: '4299001970', phone: '027-00001234' };
  return {
    roster: { summary: 'Two good rows and a bad one', value: { ...cover(now), volunteers: [...volunteers(now), bad] } },
  };
}

export function rosterReviewForm(now: number): Record<string, Example> {
  const rows = volunteers(now).map(({ name, identityNumber, phone }) => `${name},${identityNumber},${phone}`);
  const file = ['姓名,身份证号码,手机号码', ...rows].join('\n');
  return { roster: { summary: 'A CSV file', value: { ...cover(now), file } } };
}
