import type { FormWords, Words } from '../define.ts';
import { everyKind } from '../words.zh.ts';
import type { ShelterStage } from './case.ts';
import type { ShelterInput, shelterFields } from './input.ts';
import type { ShelterOutcome } from './stages.ts';

/** What a request for beds says in Chinese. */
export const zh = {
  name: '临时住宿',
  kept: '临时住宿 {days} 天（住处的费用）',
  next: ['几秒钟内自动核对。', '协调中心一般在 12 小时内找到住处。'],
  stages: { ...everyKind.stages, arranging: '安排住处', staying: '入住中' },
  outcomes: {
    ...everyKind.outcomes,
    arranged: {
      button: '已安排住处',
      happened: '安排了住处',
      news: ['已安排住处', '{kind} {id} 已安排：自 {stayFrom} 起入住 {house}。'],
    },
    left: { button: '已离开', happened: '住客已离开' },
  },
  findings: { ...everyKind.findings },
  fields: {
    ...everyKind.fields,
    guests: { label: '谁需要住宿', choices: { staff: '医护人员', families: '患者家属', travellers: '滞留旅客' } },
    beds: { label: '需要多少床位', hint: '例如 护士 6 人，两人一间' },
    stayFrom: { label: '入住日' },
    stayTo: { label: '最后一晚' },
    wishes: { label: '对住处的其他要求' },
  },
  steps: { ...everyKind.steps, stay: '住客和日期' },
  answered: { house: '住处' },
} as const satisfies Words<ShelterStage, ShelterOutcome> & FormWords<ShelterInput, typeof shelterFields>;
