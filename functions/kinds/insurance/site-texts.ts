import type { Bilingual } from '../../../shared/domain/language.ts';

/** What the page behind a private link says about insurance. */
const zh = {
  holderActive: '保障生效中',
  holderBound: '已投保，{date} 起有保障',
  coverTitle: '保障',
  cover: '保障期间',
  coverText: '{from} 至 {to}，首尾两天都在内',
  noPolicy: '投保后显示',
  startPassed: '您申请的开始日 {date} 已到，还没有承保。保障最早从承保次日开始，此前没有保障。',
  gap: '没有保障的日子',
  gapText: '{from} 至 {to}',
  peopleTitle: '名单（{count} 人）',
  covered: '有保障',
  notYet: '待投保',
  coverEnded: '已到期',
  notCovered: '未投保',
  since: '自 {at}',
};

const en: typeof zh = {
  holderActive: 'Cover is in force',
  holderBound: 'Policy issued; cover starts on {date}',
  coverTitle: 'Cover',
  cover: 'Period',
  coverText: '{from} to {to}, both days included',
  noPolicy: 'appears here once the cover is bound',
  startPassed:
    'The first day that you asked for, {date}, has come and nobody is covered yet. Cover begins at the earliest on the day after the insurer binds it.',
  gap: 'Days without cover',
  gapText: '{from} to {to}',
  peopleTitle: 'People ({count})',
  covered: 'covered',
  notYet: 'not yet bound',
  coverEnded: 'ended',
  notCovered: 'not covered',
  since: 'since {at}',
};

export const insuranceSiteText: Bilingual<typeof zh> = { zh, en };
