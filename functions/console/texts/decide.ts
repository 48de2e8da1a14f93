import type { Bilingual } from '../../../shared/domain/language.ts';

/** The forms with which a task is answered. */
const zh = {
  title: '您的决定',
  beside: '其他操作',
  stuckTitle: '系统受阻，请处理后继续',
  reason: '理由',
  reasonRequired: '申请方会看到这段话。',
  reasonOptional: '会写入办理记录。',
  changesHint: '只改需要改的地方，其余保持原样。',
  labels: {
    reason: '理由',
    outcome: '决定',
  },
};

const en: typeof zh = {
  title: 'Your decision',
  beside: 'What else can be done',
  stuckTitle: 'The process is stuck: mend it and go on',
  reason: 'Reason',
  reasonRequired: 'The applicant will read this.',
  reasonOptional: 'Goes into the history.',
  changesHint: 'Change what needs changing; the rest stays as it is.',
  labels: {
    reason: 'Reason',
    outcome: 'Decision',
  },
};

export const decideText: Bilingual<typeof zh> = { zh, en };
