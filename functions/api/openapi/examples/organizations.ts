import { addDays, localDate } from '../../../../shared/domain/time.ts';
import type { Example } from '../../operation.ts';

const value = {
  name: '江城第九医院',
  aliases: ['Jiangcheng No. 9 Hospital'],
  type: 'hospital',
  languages: ['zh'],
  place: { province: '江城省', city: '江城市', district: '柳岸区' },
  address: '柳岸路 9 号',
  registrations: [{ scheme: 'CN-USCC', number: '91350100M000100Y43' }],
  attributes: { takesConfirmed: true, level: '三级甲等', beds: 800, staff: 1200 },
  desks: [{ desk: '设备科', phone: '027-00000009', email: 'equipment@example.org' }],
  consignee: { goods: true, medicalGoods: true },
};

export function organization(): Record<string, Example> {
  return { hospital: { summary: 'A hospital that may receive medical goods itself', value } };
}

export function saying(): Record<string, Example> {
  return {
    same: {
      summary: 'Two spellings of one hospital',
      value: { about: 'B0123456AB', says: 'same', reason: '电话核实' },
    },
  };
}

export function takeBack(): Record<string, Example> {
  return { mistaken: { summary: 'They are two', value: { reason: '登记号码不同' } } };
}

export function change(): Record<string, Example> {
  const changed = { ...value, attributes: { ...value.attributes, beds: 900 }, version: 1, reason: '新病区开放' };
  return { beds: { summary: 'A hundred beds more, over version 1', value: changed } };
}

export function check(now: number): Record<string, Example> {
  const today = localDate(now);
  const made = { what: 'registration', on: today, until: addDays(today, 180), result: 'passed', note: '登记网站核对' };
  return { registration: { summary: 'Looked up in the register today', value: made } };
}
