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
      text: '用来核实、送货和通知进展。协调中心看得到；需求获批后，捐赠方负责审批和发货的人看得到收货信息。资助方看不到联系人，审计人员只看到部分字符。',
    },
    {
      title: '志愿者的姓名、证件号码、手机号码',
      text: '只用于投保和核对是否重复投保。保险公司看得到；协调中心和审计人员只看到部分字符，协调中心需要完整号码时要写明理由并留下记录。您自己的进度页上也只显示部分字符。',
    },
    {
      title: '被转介的人',
      text: '本人同意后才转介。接收机构先看到需要什么帮助，接受后才看到姓名和电话。帮助结束、不能帮助或撤回同意时，这些信息立即删除。',
    },
    {
      title: '各机构成员的姓名和邮箱',
      text: '用来发送通知，并在申请里写明由谁决定。同一机构的成员看得到；申请里的姓名，参与该申请的机构、协调中心和审计人员看得到，申请方看不到。是成员期间一直保存，申请里的姓名随申请的个人信息一起删除。',
    },
    {
      title: '保存多久',
      text: '从办结算起：{kept}。到期自动删除个人信息，只留不含个人信息的统计。还没提交的申请里的长名单，加密暂存一天。',
    },
    {
      title: '专属链接',
      text: '专属链接就是钥匙：有链接的人都能查看并代您办理。请只交给信任的同事。链接泄露了，请在您的进度页上更换，或联系协调中心。',
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
      text: 'Used to verify, to deliver and to send news. The hub sees them; once a need is approved, those of the donor who approve and send see where it goes. Funders do not see the contact, and auditors see some characters only.',
    },
    {
      title: 'Names, identity numbers and telephone numbers of volunteers',
      text: 'Used for the insurance and to find people who are already covered, nothing else. The insurer sees them; the hub and auditors see some characters only, and the hub must give a reason, which is recorded, to see a number in full. Your own page shows some characters only, too.',
    },
    {
      title: 'People who are referred to somebody who can help',
      text: 'Only with their consent. The receiver sees what would help, and the name and telephone number once it has accepted. When help was given, cannot be given, or the consent is withdrawn, this is erased at once.',
    },
    {
      title: 'Names and mail addresses of members of parties',
      text: 'Used to send notices, and to say in a case who decided. Members of the same party see them; names in a case are seen by the parties that work on it, the hub and auditors, not by the applicant. They are kept while somebody is a member; names in a case are erased with what else is personal in it.',
    },
    {
      title: 'How long it is kept',
      text: 'From the day a request ends: {kept}. Then what is personal is erased by itself; figures without people stay. A long roster of a form that was not sent yet is kept for a day, encrypted.',
    },
    {
      title: 'The private link',
      text: 'The link is the key: whoever has it can see the case and act for you. Give it only to colleagues you trust. If it got into wrong hands, replace it on its page, or ask the hub to.',
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
