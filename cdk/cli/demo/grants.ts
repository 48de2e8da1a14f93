import { localDate } from '../../../shared/domain/time.ts';
import type { Scene } from './scene.ts';

interface GrantSketch {
  readonly hour: number;
  readonly organization: string;
  readonly type: string;
  readonly city?: string;
  readonly language?: 'zh' | 'en';
  readonly purpose: string;
  readonly yuan: number;
  readonly until:
    | 'reviewing'
    | 'approving'
    | 'second-approval'
    | 'agreement'
    | 'disbursing'
    | 'delivering'
    | 'reporting'
    | 'returning'
    | 'closed';
  readonly ends?: 'rejected' | 'changes-requested' | 'stopped';
  readonly award?: number;
}

const sketches: readonly GrantSketch[] = [
  {
    hour: 60,
    organization: '东湖志愿车队',
    type: 'volunteer-group',
    purpose: '接送医护人员的油费和车辆消毒，约 60 辆车。',
    yuan: 20000,
    until: 'closed',
  },
  {
    hour: 100,
    organization: '同心社工服务中心',
    type: 'non-profit',
    purpose: '为隔离家庭提供心理支持热线，志愿者补贴和话费。',
    yuan: 30000,
    until: 'closed',
  },
  {
    hour: 180,
    organization: '江滩口罩缝制小组',
    type: 'community',
    purpose: '缝制布口罩 5,000 只，布料和缝纫机租金。',
    yuan: 22000,
    until: 'returning',
  },
  {
    hour: 300,
    organization: '临江家电维修队',
    type: 'volunteer-group',
    purpose: '为隔离家庭上门维修热水器和空调。',
    yuan: 14000,
    until: 'disbursing',
    ends: 'stopped',
  },
  {
    hour: 240,
    organization: '邻里送餐互助组',
    type: 'volunteer-group',
    purpose: '为独居老人送餐一个月，每天 80 份。',
    yuan: 28000,
    until: 'reporting',
    award: 25000,
  },
  {
    hour: 480,
    organization: '听障者之家',
    type: 'non-profit',
    purpose: '手语防疫信息视频和透明口罩。',
    yuan: 15000,
    until: 'delivering',
  },
  {
    hour: 650,
    organization: '石坪救援队',
    type: 'volunteer-group',
    city: '石坪市',
    purpose: '消杀设备和防护用品。',
    yuan: 45000,
    until: 'disbursing',
  },
  {
    hour: 790,
    organization: 'Rivertown Animal Rescue',
    type: 'non-profit',
    language: 'en',
    purpose: 'Feeding pets whose owners are in hospital, 120 households.',
    yuan: 12000,
    until: 'agreement',
  },
  {
    hour: 860,
    organization: '江城口述史小组',
    type: 'non-profit',
    purpose: '记录社区抗疫口述史。',
    yuan: 40000,
    until: 'second-approval',
  },
  {
    hour: 870,
    organization: '云上课堂',
    type: 'non-profit',
    purpose: '为缺少设备的学生提供平板电脑。',
    yuan: 60000,
    until: 'reviewing',
    ends: 'rejected',
  },
  {
    hour: 905,
    organization: '康复者互助会',
    type: 'non-profit',
    purpose: '康复者随访与血浆捐献宣传。',
    yuan: 18000,
    until: 'reviewing',
    ends: 'changes-requested',
  },
  {
    hour: 925,
    organization: '南桥妈妈团',
    type: 'volunteer-group',
    purpose: '孕产妇就医接送。',
    yuan: 16000,
    until: 'approving',
  },
  {
    hour: 950,
    organization: '北坡志愿服务队',
    type: 'volunteer-group',
    purpose: '社区物资分拣与配送。',
    yuan: 9000,
    until: 'reviewing',
  },
];

const order = [
  'reviewing',
  'approving',
  'second-approval',
  'agreement',
  'disbursing',
  'delivering',
  'reporting',
  'returning',
  'closed',
];
/** Yuan above which the programme wants a second approver. */
export const SECOND_APPROVAL_YUAN = 30000;

/** Micro-grant applications to the programme, each carried as far as its sketch says. */
export function grantScenes(programme: string): Scene[] {
  return sketches.map((sketch, index) => ({
    hour: sketch.hour,
    async play(teller, at, now) {
      const told = await teller.submit('/grants', {
        organization: sketch.organization,
        organizationType: sketch.type,
        language: sketch.language ?? 'zh',
        place: { province: '江城省', city: sketch.city ?? '江城市', district: '临江区' },
        contact: {
          name: `申请人${index + 1}`,
          phone: `027-0000${String(2000 + index)}`,
          email: `grant${index + 1}@applicants.example.org`,
        },
        programme,
        purpose: sketch.purpose,
        budget: [
          { description: '物资与设备', amount: Math.round(sketch.yuan * 0.7) * 100 },
          { description: '交通与志愿者补贴', amount: (sketch.yuan - Math.round(sketch.yuan * 0.7)) * 100 },
        ],
        answers: { beneficiaries: '约 300 人' },
      });
      const goesTo = (stage: string) => order.indexOf(sketch.until) >= order.indexOf(stage);
      if (sketch.ends === 'changes-requested') {
        await at(20);
        const reason = '请补充随访人数和每次随访的成本。';
        await teller.decide(told, 'funder-reviewer', { outcome: 'changes-requested', reason });
        return;
      }
      if (sketch.ends === 'rejected') {
        await at(20);
        const reason = '超过单项上限，且不在本项目的用途之内。';
        await teller.decide(told, 'funder-reviewer', { outcome: 'not-recommended', score: 20, reason });
        await at(26);
        await teller.decide(told, 'funder-approver', { outcome: 'rejected', reason });
        return;
      }
      if (!goesTo('approving')) return;
      await at(16);
      await teller.decide(told, 'funder-reviewer', {
        outcome: 'recommended',
        score: 70 + index * 2,
        reason: '受益人明确，预算合理。',
      });
      if (!goesTo('second-approval')) return;
      await at(28);
      const award = sketch.award && { amount: sketch.award * 100 };
      await teller.decide(told, 'funder-approver', { outcome: 'approved', reason: '同意资助。', ...award });
      if ((sketch.award ?? sketch.yuan) > SECOND_APPROVAL_YUAN) {
        if (!goesTo('agreement')) return;
        await at(40);
        await teller.decide(told, 'funder-second-approver', { outcome: 'approved', reason: 'Agreed.' });
      }
      if (!goesTo('disbursing')) return;
      await at(52);
      await teller.answer(told, { outcome: 'accepted' });
      if (sketch.ends === 'stopped') {
        await at(60);
        const reason = '家电企业已经承诺免费维修，这笔资助不再需要。';
        await teller.actBeside(told, 'programme-manager', { outcome: 'stopped', reason });
        await at(64);
        await teller.decide(told, 'funder-finance', { outcome: 'nothing-paid' });
        return;
      }
      if (!goesTo('delivering')) return;
      await at(70);
      await teller.decide(told, 'funder-finance', {
        outcome: 'paid',
        paidOn: localDate(now()),
        reference: `付款${20200000 + index}`,
      });
      if (!goesTo('reporting')) return;
      await at(400);
      // the first spent nearly all; the sewing group needed less, and pays back in two parts
      const left = sketch.until === 'returning' ? 480_000 : 1_500;
      const spent = (sketch.award ?? sketch.yuan) * 100 - left;
      await teller.answer(told, { outcome: 'reported', summary: '项目按计划完成，受益约 300 人，票据已归档。', spent });
      if (!goesTo('returning')) return;
      await at(430);
      await teller.decide(told, 'funder-second-approver', { outcome: 'report-accepted', reason: '报告完整。' });
      await at(470);
      const amount = sketch.until === 'returning' ? 300_000 : left;
      const reference = `退款${20200000 + index}`;
      await teller.decide(told, 'funder-finance', {
        outcome: 'returned',
        amount,
        returnedOn: localDate(now()),
        reference,
      });
    },
  }));
}
