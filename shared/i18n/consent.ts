import type { ConsentVersion } from '../domain/consent.ts';
import type { Bilingual } from '../domain/language.ts';

/** Groups of personal fields that are used alike. */
export const personalGroups = ['contact', 'delivery', 'words', 'volunteers'] as const;
export type ConsentGroup = (typeof personalGroups)[number];

interface Use {
  readonly what: string;
  readonly why: string;
  readonly who: string;
}

interface ConsentText {
  readonly title: string;
  /** over the details beside the fields */
  readonly ask: string;
  readonly why: string;
  readonly who: string;
  readonly keep: string;
  readonly keepText: string;
  readonly uses: Readonly<Record<ConsentGroup, Use>>;
  readonly rights: string;
  readonly more: string;
  /** what is agreed to */
  readonly agree: string;
  readonly missing: string;
}

/** What people are told about their data before they send it. Another wording is another version: `consentTexts`. */
const zh: ConsentText = {
  title: '您填写的个人信息',
  ask: '用来做什么、谁能看到、保存多久',
  why: '用途',
  who: '谁能看到',
  keep: '保存多久',
  keepText: '申请结束 {days} 天后删除，只留下不含个人信息的统计',
  uses: {
    contact: {
      what: '联系人的姓名、电话、邮箱',
      why: '核实情况，通知进展',
      who: '协调中心。审计人员只看到部分字符',
    },
    delivery: {
      what: '收货地址、收货人、电话',
      why: '安排发货和送达',
      who: '协调中心；匹配后，捐赠方负责审批和发货的人。审计人员只看到部分字符',
    },
    words: {
      what: '您写的用途、说明和报告',
      why: '评审，核对结果',
      who: '协调中心和参与审批的资助方、捐赠方；审计人员',
    },
    volunteers: {
      what: '志愿者的姓名、证件号码、手机号码',
      why: '投保，核对是否重复投保',
      who: '保险公司；协调中心和审计人员只看到部分字符，需要完整号码时要写明理由并留下记录',
    },
  },
  rights: '可以随时用专属链接查看、撤回申请，或要求协调中心更正、删除。每次查看都有记录。',
  more: '个人信息怎样使用',
  agree: '我已看过以上说明，同意这样使用这些信息；其中其他人的信息，已经征得本人同意。',
  missing: '请先看说明，同意后才能提交',
};

const en: ConsentText = {
  title: 'The personal data in this request',
  ask: 'What it is for, who sees it, how long it is kept',
  why: 'For',
  who: 'Seen by',
  keep: 'Kept',
  keepText: 'Erased {days} days after the case has ended; only statistics without personal data stay',
  uses: {
    contact: {
      what: 'Name, telephone and e-mail of the contact',
      why: 'To verify the request and to send news',
      who: 'The hub. Auditors see some characters only',
    },
    delivery: {
      what: 'Address, recipient and telephone of the delivery',
      why: 'To send the goods and to hand them over',
      who: 'The hub and, once matched, those of the donor who approve and send. Auditors see some characters only',
    },
    words: {
      what: 'What you write: purpose, notes, reports',
      why: 'To review the request and what came of it',
      who: 'The hub, and those of the funder or donor who decide; auditors',
    },
    volunteers: {
      what: 'Names, identity numbers and mobile numbers of the volunteers',
      why: 'To insure them, and to find people who are covered already',
      who: 'The insurer. The hub and auditors see some characters only; to see a number in full they must give a reason, which is recorded',
    },
  },
  rights:
    'With the private link you can see and withdraw the request at any time, or ask the hub to correct or erase it. Every look at it is recorded.',
  more: 'How personal data is used',
  agree: 'I have read this and agree to it. Where these are other people’s details, they have agreed.',
  missing: 'Please read how the data is used, and agree, before sending',
};

export const consentText: Bilingual<ConsentText> = { zh, en };

/**
 * The texts of each version as they were shown, by their SHA-256 (from the second on with what is told before somebody is
 * referred): a test compares the present one, so that nobody changes
 * what people agreed to without giving it a new version. Older texts are in the history of this file.
 */
export const consentTexts: Readonly<Record<ConsentVersion, string>> = {
  '2026-11-25': '605c8e5f0d86a00384d6f5f781c797807b3dd544ace30bdbfbdb6f492716d589',
  '2026-11-28': '297468770abede4c5e204d6c1408a37a793eef136898718c9876403ddb2487dd',
  '2026-12-01': '0286a273e11692971cca32460471d744c61c38d4419b87fda11b6ea9a99c42dd',
};
