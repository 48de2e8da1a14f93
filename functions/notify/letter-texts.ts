import type { Bilingual } from '../../shared/domain/language.ts';

/** What letters say: mails about something that is no news of a case. Nothing personal stands in a subject. */
const zh = {
  hello: '您好：',
  invitation: {
    subject: '【接力】有一份成员邀请',
    body: '{party} 邀请您成为成员，角色：{roles}。请打开下面的链接，用您的账号登录后接受邀请。链接只能使用一次，{until} 前有效。',
    open: '查看邀请',
  },
  address: {
    subject: '【接力】请确认邮箱地址',
    body: '有人为机构“{party}”登记了这个邮箱。确认后，以这个邮箱为联系邮箱的所有申请都归入该机构的账户，其成员可以查看和办理。如果不是您的机构，请不要打开链接。链接只能使用一次，{until} 前有效。',
    open: '确认这个邮箱',
  },
  again: {
    subject: '【接力】{id} 的专属链接',
    body: '您要求再次发送 {id} 的专属链接，就在下面。如果不是您要求的，可以不用理会：链接只寄到这个邮箱。',
    open: '查看并处理',
  },
  referral: {
    offered: {
      subject: '【接力】有一份转介等待接受（{id}）',
      body: '{from} 请贵方帮助一位求助者，本人已经同意。情况和联系方式只在工作台里显示，请登录查看，决定能不能接受。',
      open: '到工作台查看',
    },
    withdrawn: {
      subject: '【接力】转介 {id} 已停止',
      body: '转介 {id} 的求助者撤回了同意，请不要再联系。系统中的个人信息已经删除；如果另外记下了姓名或电话，请一并删除。',
      open: '到工作台查看',
    },
  },
  footer: '此邮件由接力系统自动发出。请不要把链接转发给无关的人。',
};

const en: typeof zh = {
  hello: 'Hello,',
  invitation: {
    subject: '[Jieli] You are invited to become a member',
    body: '{party} invites you to become a member, as {roles}. Open the link below and sign in with your account to accept. The link works once, until {until}.',
    open: 'See the invitation',
  },
  address: {
    subject: '[Jieli] Please confirm your mail address',
    body: 'Somebody entered this address for the organization “{party}”. Once it is confirmed, all requests with this address as their contact belong to that organization’s account, and its members can see and answer them. If this is not your organization, do not open the link. It works once, until {until}.',
    open: 'Confirm this address',
  },
  again: {
    subject: '[Jieli] The private link of {id}',
    body: 'You asked for the private link of {id} again: here it is. If it was not you, there is nothing to do: the link is mailed to this address only.',
    open: 'Open the case',
  },
  referral: {
    offered: {
      subject: '[Jieli] A referral is waiting to be accepted ({id})',
      body: '{from} asks you to help a person in need, who has agreed. What the matter is and whom to call stand in the console only: sign in to see it, and say whether you can help.',
      open: 'Open the console',
    },
    withdrawn: {
      subject: '[Jieli] Referral {id} has been stopped',
      body: 'The person of referral {id} no longer agrees: please do not contact them any more. Their data has been erased here; if you noted a name or a number elsewhere, please destroy that too.',
      open: 'Open the console',
    },
  },
  footer: 'This mail was sent by Jieli. Please do not pass the link on.',
};

export const letterText: Bilingual<typeof zh> = { zh, en };
