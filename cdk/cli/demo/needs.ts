import { addDays, localDate } from '../../../shared/domain/time.ts';
import type { Scene } from './scene.ts';

interface NeedSketch {
  readonly hour: number;
  readonly organization: string;
  readonly type?: string;
  readonly city?: string;
  readonly district: string;
  readonly email?: string;
  /** the member of the organization who sends it; without one, somebody without an account does */
  readonly sentBy?: string;
  readonly language?: 'zh' | 'en';
  readonly urgency?: string;
  readonly careTier?: string;
  readonly lines: readonly (readonly [item: string, quantity: number | null, specification?: string])[];
  /** how far the case goes, and what is particular about it */
  readonly until:
    | 'verifying'
    | 'matching'
    | 'approving'
    | 'dispatching'
    | 'in-transit'
    | 'confirming'
    | 'reporting'
    | 'closed';
  readonly partly?: readonly { line: string; quantity: number }[];
  readonly short?: readonly { line: string; received: number }[];
  readonly changesFirst?: string;
  readonly ends?: 'rejected' | 'withdrawn';
}

const sketches: readonly NeedSketch[] = [
  {
    hour: 30,
    organization: '江城第三人民医院',
    type: 'hospital',
    district: '青山区',
    email: 'wuzi@hospital3.example.org',
    sentBy: 'org-manager',
    urgency: 'critical',
    careTier: 'severe',
    lines: [
      ['医用防护口罩（N95）', 2000, 'GB 19083-2010'],
      ['医用防护服', 300, 'GB 19082-2009'],
      ['护目镜', 400],
    ],
    until: 'closed',
    partly: [
      { line: 'L1', quantity: 1200 },
      { line: 'L2', quantity: 300 },
      { line: 'L3', quantity: 400 },
    ],
  },
  {
    hour: 50,
    organization: '柳岸社区服务中心',
    type: 'community',
    district: '柳岸区',
    email: 'liuan@community.example.org',
    lines: [
      ['一次性医用口罩', 5000],
      ['75%酒精消毒液', 200, '500ml/瓶'],
      ['一次性手套', null],
    ],
    until: 'closed',
  },
  {
    hour: 75,
    organization: '江城妇幼保健院',
    type: 'hospital',
    district: '临江区',
    email: 'fuyou@hospital.example.org',
    urgency: 'urgent',
    careTier: 'suspected',
    lines: [
      ['医用外科口罩', 8000],
      ['隔离衣', 500],
    ],
    until: 'closed',
    short: [{ line: 'L1', received: 6000 }],
  },
  {
    hour: 120,
    organization: '黄石坪中心卫生院',
    type: 'hospital',
    city: '石坪市',
    district: '黄石坪镇',
    lines: [
      ['N95口罩', null],
      ['防护面罩', 100],
    ],
    until: 'closed',
  },
  {
    hour: 260,
    organization: '春和养老院',
    type: 'care-home',
    district: '临江区',
    email: 'chunhe@care.example.org',
    urgency: 'urgent',
    lines: [
      ['一次性医用口罩', 2000],
      ['成人纸尿裤', 600, 'L号'],
      ['84消毒液', 100],
    ],
    until: 'reporting',
  },
  {
    hour: 420,
    organization: '江城第七医院',
    type: 'hospital',
    district: '青山区',
    email: 'qiyuan@hospital7.example.org',
    urgency: 'critical',
    careTier: 'severe',
    lines: [
      ['有创呼吸机', 4],
      ['心电监护仪', 10],
      ['医用防护服', 800],
    ],
    until: 'confirming',
    partly: [{ line: 'L3', quantity: 500 }],
  },
  {
    hour: 600,
    organization: 'Riverside International Clinic',
    type: 'hospital',
    district: '临江区',
    email: 'supplies@riverside.example.org',
    language: 'en',
    urgency: 'urgent',
    careTier: 'suspected',
    lines: [
      ['N95 respirators', 1500, 'NIOSH approved'],
      ['Isolation gowns', 400],
    ],
    until: 'closed',
  },
  {
    hour: 700,
    organization: '东湖志愿车队',
    type: 'volunteer-group',
    district: '东湖区',
    email: 'chedui@volunteers.example.org',
    lines: [
      ['一次性医用口罩', 1000],
      ['车载消毒喷雾', 60],
    ],
    until: 'matching',
    ends: 'withdrawn',
  },
  {
    hour: 760,
    organization: '江城第七医院',
    type: 'hospital',
    district: '青山区',
    email: 'qiyuan@hospital7.example.org',
    urgency: 'critical',
    careTier: 'severe',
    lines: [['医用防护服', 800]],
    until: 'verifying',
    ends: 'rejected',
  },
  {
    hour: 800,
    organization: '石坪市人民医院',
    type: 'hospital',
    city: '石坪市',
    district: '城关区',
    email: 'spyy@hospital.example.org',
    urgency: 'urgent',
    careTier: 'suspected',
    lines: [
      ['医用防护口罩', 3000],
      ['护目镜', 500],
      ['病毒检测试剂', null],
    ],
    until: 'in-transit',
    partly: [
      { line: 'L1', quantity: 2000 },
      { line: 'L2', quantity: 500 },
    ],
  },
  {
    hour: 850,
    organization: '南桥街道办事处',
    type: 'community',
    district: '南桥区',
    email: 'nanqiao@street.example.org',
    lines: [
      ['大米', 400, '10kg/袋'],
      ['食用油', 400, '5L/桶'],
    ],
    until: 'dispatching',
  },
  {
    hour: 880,
    organization: '江城第五医院',
    type: 'hospital',
    district: '东湖区',
    email: 'wuyuan@hospital5.example.org',
    urgency: 'critical',
    careTier: 'severe',
    lines: [
      ['医用防护服', 600],
      ['N95口罩', 2500],
      ['防护面屏', null],
    ],
    until: 'approving',
  },
  {
    hour: 900,
    organization: '青山区福利院',
    type: 'care-home',
    district: '青山区',
    email: 'fuli@welfare.example.org',
    lines: [
      ['一次性医用口罩', 3000],
      ['体温计', 50],
    ],
    until: 'verifying',
    changesFirst: '请注明收货地址的门牌号，以及口罩的规格。',
  },
  {
    hour: 930,
    organization: '龙山镇卫生院',
    type: 'hospital',
    city: '石坪市',
    district: '龙山镇',
    lines: [
      ['医用外科口罩', null],
      ['隔离衣', null],
      ['84消毒液', null],
    ],
    until: 'matching',
  },
  {
    hour: 945,
    organization: '江城第三人民医院',
    type: 'hospital',
    district: '青山区',
    email: 'wuzi@hospital3.example.org',
    sentBy: 'org-manager',
    urgency: 'critical',
    careTier: 'severe',
    lines: [
      ['医用防护口罩（N95）', 1000],
      ['高流量呼吸湿化治疗仪', 6],
    ],
    until: 'verifying',
  },
  {
    hour: 955,
    organization: '西坡社区居委会',
    type: 'community',
    district: '柳岸区',
    email: 'xipo@community.example.org',
    urgency: 'normal',
    lines: [
      ['一次性医用口罩', 1200],
      ['消毒酒精', 80],
    ],
    until: 'verifying',
  },
];

const order = ['verifying', 'matching', 'approving', 'dispatching', 'in-transit', 'confirming', 'reporting', 'closed'];

/** Needs of hospitals and communities, each carried as far as its sketch says. */
export function needScenes(donorOffer: () => string | undefined): Scene[] {
  return sketches.map((sketch, index) => ({
    hour: sketch.hour,
    async play(teller, at, now) {
      const today = () => localDate(now());
      const contact = {
        name: `联系人${index + 1}`,
        phone: `027-0000${String(1000 + index)}`,
        ...(sketch.email && { email: sketch.email }),
      };
      const body = {
        organization: sketch.organization,
        organizationType: sketch.type ?? 'other',
        language: sketch.language ?? 'zh',
        place: { province: '江城省', city: sketch.city ?? '江城市', district: sketch.district },
        contact,
        urgency: sketch.urgency ?? 'normal',
        careTier: sketch.careTier ?? 'general',
        lines: sketch.lines.map(([item, quantity, specification]) => ({
          item,
          quantity,
          ...(specification && { specification }),
        })),
        neededBy: addDays(today(), 10),
        delivery: { address: `${sketch.district}示范路${index + 1}号`, recipient: contact.name, phone: contact.phone },
      };
      const { sentBy = sketch.email ? undefined : 'hub-coordinator' } = sketch;
      const told = await teller.submit('/needs', body, sentBy);
      const goesTo = (stage: string) => order.indexOf(sketch.until) >= order.indexOf(stage);
      const applicant = (answer: Record<string, unknown>) =>
        sentBy ? teller.decide(told, sentBy, answer) : teller.answer(told, answer);
      if (sketch.changesFirst) {
        await at(6);
        await teller.decide(told, 'hub-coordinator', { outcome: 'changes-requested', reason: sketch.changesFirst });
        return;
      }
      if (sketch.ends === 'rejected') {
        await at(8);
        await teller.decide(told, 'hub-coordinator', {
          outcome: 'rejected',
          reason: '与在途的同类需求重复，请在原需求中补充数量。',
        });
        return;
      }
      if (!goesTo('matching')) return;
      await at(7);
      await teller.decide(told, 'hub-coordinator', { outcome: 'verified', reason: '电话核实，情况属实。' });
      if (sketch.ends === 'withdrawn') {
        await at(30);
        await teller.withdraw(told, '已从其他渠道得到解决，请留给更需要的机构。');
        return;
      }
      if (!goesTo('approving')) return;
      await at(13);
      const offer = index === 0 ? donorOffer() : undefined;
      await teller.decide(told, 'hub-coordinator', {
        outcome: 'matched',
        donor: 'river-foundation',
        ...(offer && { offer }),
      });
      if (!goesTo('dispatching')) return;
      await at(22);
      await teller.decide(told, 'funder-approver', {
        outcome: 'approved',
        reason: '符合本批物资用途。',
        ...(sketch.partly && { lines: sketch.partly }),
      });
      if (!goesTo('in-transit')) return;
      await at(40);
      await teller.decide(told, 'hub-coordinator', {
        outcome: 'dispatched',
        carrier: '示范物流',
        trackingNumber: `DEMO${1000 + index}`,
        expectedOn: addDays(today(), 2),
      });
      if (!goesTo('confirming') || sketch.until === 'confirming') return;
      await at(84);
      await applicant({ outcome: 'confirmed', reason: '已清点入库。', ...(sketch.short && { lines: sketch.short }) });
      if (!goesTo('closed')) return;
      await at(130);
      await applicant({ outcome: 'reported', report: '物资已分发到一线科室，感谢支持。' });
    },
  }));
}
