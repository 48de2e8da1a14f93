import type { Bilingual } from '../../../shared/domain/language.ts';

interface Section {
  readonly title: string;
  /** may name the days that a case of each kind is kept, as `{need}` */
  readonly text: string;
}

const zh: { title: string; lead: string; sections: readonly Section[] } = {
  title: '个人信息怎样使用',
  lead: '我们只要办理申请必需的信息，只给办理它的人看。',
  sections: [
    {
      title: '联系人和收货人的姓名、电话、邮箱、地址',
      text: '用来核实、送货和通知进展。协调中心看得到；需求获批后，安排发货的人看得到收货信息；资助申请的资助方看得到联系人。',
    },
    {
      title: '志愿者的姓名、身份证号码、手机号码',
      text: '只用于投保和核对是否重复投保。协调中心和保险公司看得到。您自己的进度页上只显示部分字符。',
    },
    {
      title: '保存多久',
      text: '从办结算起：物资需求 {need} 天（产品召回、收货争议），小额资助 {grant} 天（资助方的审计），志愿者保险 {insurance} 天（理赔时效）。到期自动删除个人信息，只留不含个人信息的统计。',
    },
    {
      title: '专属链接',
      text: '专属链接就是钥匙：有链接的人都能查看并代您办理。请只交给信任的同事。链接泄露了，请联系协调中心更换。',
    },
    {
      title: '我们不做的事',
      text: '不在邮件标题、网址或系统日志里写个人信息，不出售、不用于广告，页面不使用任何第三方服务。浏览器里只保存您选择的语言。',
    },
    {
      title: '查看、更正或删除',
      text: '请用专属链接查看。需要更正或删除时，请联系协调中心，说明申请编号。',
    },
  ],
};

const en: typeof zh = {
  title: 'How personal data is used',
  lead: 'We ask only for what your request needs, and show it only to those who work on it.',
  sections: [
    {
      title: 'Names, telephone numbers, e-mail and addresses of contacts and recipients',
      text: 'Used to verify, to deliver and to send news. The hub sees them; once a need is approved, whoever arranges the dispatch sees where it goes; the funder of a grant sees its contact.',
    },
    {
      title: 'Names, identity numbers and telephone numbers of volunteers',
      text: 'Used for the insurance and to find people who are already covered, nothing else. The hub and the insurer see them. Your own page shows only some of their characters.',
    },
    {
      title: 'How long it is kept',
      text: 'From the day a request ends: {need} days for a need (recalls, disputed deliveries), {grant} days for a grant (audits of its funder), {insurance} days for insurance (time to make a claim). Then what is personal is erased by itself; figures without people stay.',
    },
    {
      title: 'The private link',
      text: 'The link is the key: whoever has it can see the case and act for you. Give it only to colleagues you trust. If it got into wrong hands, ask the hub for a new one.',
    },
    {
      title: 'What we do not do',
      text: 'Personal data is never written in mail subjects, web addresses or logs, never sold, never used for advertising. The pages use no third-party service. Your browser keeps nothing but your language.',
    },
    {
      title: 'To see, correct or erase',
      text: 'Your private link shows what we have. To correct or erase something, tell the hub the case number.',
    },
  ],
};

export const privacyText: Bilingual<typeof zh> = { zh, en };
