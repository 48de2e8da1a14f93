import { addDays, localDate } from '../../../shared/domain/time.ts';
import { madeUpIdentityNumber } from './identity-number.ts';
import type { Scene } from './scene.ts';

interface InsuranceSketch {
  readonly hour: number;
  readonly organization: string;
  readonly volunteers: number;
  readonly days: number;
  readonly activity: string;
  readonly language?: 'zh' | 'en';
  readonly until: 'approving' | 'binding' | 'active';
  readonly ends?: 'rejected';
}

const sketches: readonly InsuranceSketch[] = [
  { hour: 40, organization: '东湖志愿车队', volunteers: 12, days: 21, activity: '驾车接送医护人员', until: 'active' },
  { hour: 320, organization: '邻里送餐互助组', volunteers: 8, days: 40, activity: '为独居老人送餐', until: 'active' },
  {
    hour: 640,
    organization: 'Riverside Expat Volunteers',
    volunteers: 5,
    days: 30,
    activity: 'Translating and driving',
    language: 'en',
    until: 'active',
  },
  { hour: 820, organization: '石坪救援队', volunteers: 20, days: 30, activity: '公共场所消杀', until: 'binding' },
  {
    hour: 890,
    organization: '周末帮帮团',
    volunteers: 3,
    days: 14,
    activity: '装卸物资',
    until: 'approving',
    ends: 'rejected',
  },
  {
    hour: 940,
    organization: '北坡志愿服务队',
    volunteers: 9,
    days: 30,
    activity: '社区物资分拣与配送',
    until: 'approving',
  },
];

const order = ['approving', 'binding', 'active'];

const SURNAMES = '赵钱孙李周吴郑王冯陈';
const GIVEN = '甲乙丙丁戊己庚辛壬癸';

function madeUpName(n: number): string {
  return SURNAMES.charAt(n % 10) + GIVEN.charAt(Math.floor(n / 10) % 10) + GIVEN.charAt(Math.floor(n / 100) % 10);
}

/** Volunteer insurance requests; the first one's cover ends within the story. */
export function insuranceScenes(): Scene[] {
  return sketches.map((sketch, index) => ({
    hour: sketch.hour,
    async play(teller, at, now) {
      const today = localDate(now());
      const told = await teller.submit('/insurance-requests', {
        organization: sketch.organization,
        organizationType: 'volunteer-group',
        language: sketch.language ?? 'zh',
        place: { province: '江城省', city: '江城市', district: '东湖区' },
        contact: {
          name: `领队${index + 1}`,
          phone: `027-0000${String(3000 + index)}`,
          email: `insurance${index + 1}@volunteers.example.org`,
        },
        activity: sketch.activity,
        coverFrom: addDays(today, 2),
        coverTo: addDays(today, 1 + sketch.days),
        volunteers: Array.from({ length: sketch.volunteers }, (_, row) => ({
          name: madeUpName(index * 50 + row),
          identityNumber: madeUpIdentityNumber(`19${70 + (row % 30)}0${1 + (row % 9)}1${row % 9}`, index * 50 + row),
          phone: `1990000${String(index * 100 + row).padStart(4, '0')}`,
        })),
      });
      const goesTo = (stage: string) => order.indexOf(sketch.until) >= order.indexOf(stage);
      if (sketch.ends) {
        await at(5);
        await teller.decide(told, 'hub-coordinator', {
          outcome: 'rejected',
          reason: '装卸作业不在保险责任范围内，请联系我们了解其他保障。',
        });
        return;
      }
      if (!goesTo('binding')) return;
      await at(6);
      await teller.decide(told, 'hub-coordinator', { outcome: 'approved', reason: '名单核对无误。' });
      if (!goesTo('active')) return;
      await at(20);
      await teller.decide(told, 'insurer', { outcome: 'bound', policyNumber: `AT-DEMO-${1000 + index}` });
    },
  }));
}
