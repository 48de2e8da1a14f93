import type { Bilingual } from '../../../shared/domain/language.ts';

/** The pages of the audit. */
const zh = {
  menu: '审计导出',
  rights: {
    'read-audit': '查看申请的审计记录',
    'export-audit': '导出审计记录',
  },
  trail: '审计记录',
  open: '谁看过、谁做过什么：审计记录',
  lead: '谁在什么时候看过哪些个人信息、做过什么、为什么。记录只增不改，每条与前一条以哈希相连，并在数据表之外另行存证。',
  back: '回到申请 {id}',
  when: '时间',
  what: '事项',
  who: '谁',
  door: '途径',
  link: '链上的位置',
  change: '变更',
  view: '查看',
  inPlaceOf: '代 {member}',
  latest: '只显示最近 {shown} 条，共 {all} 条；下载的文件里有全部。',
  csv: '下载 CSV',
  json: '下载 JSON（可在系统外验证）',
  period: '审计导出',
  periodLead: '某一时段内所有申请的变更、个人信息的查看和导出、登录与成员变动。每次导出本身也会留下记录。',
  labels: { from: '从', to: '到（含）' },
  tooMany: '这一时段的记录超过 {most} 条，请缩短时段，或用接口分页读取。',
  verify: '要检查记录有没有被改动，请运维人员运行 npm run audit:verify。',
};

const en: typeof zh = {
  menu: 'Audit export',
  rights: {
    'read-audit': 'Read the audit trail of a case',
    'export-audit': 'Export the audit',
  },
  trail: 'Audit trail',
  open: 'Who saw and did what: the audit trail',
  lead: 'Who looked at which personal data, who did what, when and why. Entries are added and never changed; each is bound by a hash to the one before, and anchored outside the table.',
  back: 'Back to case {id}',
  when: 'When',
  what: 'What',
  who: 'Who',
  door: 'Door',
  link: 'Place in the chain',
  change: 'change',
  view: 'view',
  inPlaceOf: 'in place of {member}',
  latest: 'The latest {shown} of {all} are shown; the files have all.',
  csv: 'Download CSV',
  json: 'Download JSON (can be verified elsewhere)',
  period: 'Audit export',
  periodLead:
    'Changes of all cases, views and exports of personal data, sign-ins and changes of members in a period. Each export leaves an entry itself.',
  labels: { from: 'From', to: 'To (included)' },
  tooMany: 'There are more than {most} entries in this period. Choose a shorter one, or read it in pages with the API.',
  verify: 'Whether anything was altered, an operator finds out with npm run audit:verify.',
};

export const auditPageText: Bilingual<typeof zh> = { zh, en };
