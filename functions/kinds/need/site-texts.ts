import type { Bilingual } from '../../../shared/domain/language.ts';

/** What the page behind a private link says about a need. */
const zh = {
  confirmTitle: '确认收到了什么',
  confirmText: '请按实际收到的数量填写。少了的部分会继续寻找，除非您说不再需要。',
  approvedQuantity: '批准 {count}',
  enoughMissing: '少了也够了，不用再补',
  confirmAction: '确认收货',
  reportTitle: '写几句反馈',
  reportHint: '发给了谁、用得怎样、还缺什么',
  reportAction: '提交反馈',
  amountsTitle: '补充数量',
  amountsText: '数量待定的物资，知道数量后请补上，捐赠方更容易安排。不再需要的，请勾选。',
  enoughLine: '已经够了，不再需要',
  amountsAction: '保存',
  amountsNothing: '请至少填写一个数量，或勾选一项',
  linesTitle: '物资',
  item: '物资',
  asked: '需要',
  approved: '批准',
  dispatched: '已发',
  received: '实收',
  unknown: '数量待定',
  enough: '已够',
  consignmentTitle: '发货',
  dispatchedAt: '发货时间',
  done: {
    confirmed: '您已确认收货。请再写几句反馈。',
    reported: '反馈已提交。',
    amended: '数量已更新。',
    enough: '已记录“已经够了”，这份需求到此完成。',
  },
};

const en: typeof zh = {
  confirmTitle: 'Confirm what arrived',
  confirmText: 'Enter what you received. What is missing will be looked for again unless you say it is not needed.',
  approvedQuantity: '{count} approved',
  enoughMissing: 'This is enough, even if some is missing',
  confirmAction: 'Confirm receipt',
  reportTitle: 'Report in a few words',
  reportHint: 'Who got it, how it was used, what is still missing',
  reportAction: 'Send the report',
  amountsTitle: 'Give amounts',
  amountsText:
    'Once you know how many of these you need, say so: donors find it easier to give. Tick what is no longer needed.',
  enoughLine: 'Enough, no more needed',
  amountsAction: 'Save',
  amountsNothing: 'Enter at least one number, or tick a line',
  linesTitle: 'Items',
  item: 'Item',
  asked: 'Asked',
  approved: 'Approved',
  dispatched: 'Sent',
  received: 'Received',
  unknown: 'amount unknown',
  enough: 'enough',
  consignmentTitle: 'Dispatch',
  dispatchedAt: 'Dispatched',
  done: {
    confirmed: 'You confirmed the receipt. Now please report in a few words.',
    reported: 'Your report was sent.',
    amended: 'The amounts were updated.',
    enough: 'Noted that it is enough: this need is complete.',
  },
};

export const needSiteText: Bilingual<typeof zh> = { zh, en };
