import type { Bilingual } from '../../../shared/domain/language.ts';

/** Getting the private link again, and making it void. */
const zh = {
  title: '重新获取专属链接',
  lead: '请填写申请编号和申请时留下的邮箱。如果两者相符，我们会把链接发到这个邮箱。',
  number: '申请编号',
  numberHint: '10 位字母和数字，例如 N7K2M9QX4T，在邮件和提交后的页面上',
  email: '申请时留下的邮箱',
  action: '发送链接',
  notANumber: '申请编号是 10 位，以 N、G 或 I 开头',
  askedTitle: '已收到您的要求',
  asked: '如果编号与邮箱相符，几分钟内您会收到一封邮件，里面有专属链接。为保护申请人，我们不在网页上说明两者是否相符。',
  askedNot: '没有收到？请检查垃圾邮件和填写的内容；同一份申请每天只发送几次。没有留邮箱的申请，请联系协调中心。',
  another: '再填一次',
  revokedTitle: '这个链接已作废',
  revoked: '这份申请的专属链接已经更换，原来的链接打不开了。新链接已发到申请时留下的邮箱；也可以在这里再要一次。',
  revokedAction: '重新获取链接',
  revokeLink: '链接被无关的人看到了？更换链接',
  revokeTitle: '更换专属链接',
  revokeText: '原来的链接马上作废，拿到它的人再也打不开这份申请，也打不开由它继续的申请。',
  revokeMailed: '新链接会发到 {address}。这一页也会关闭。',
  revokeShown: '这份申请没有留邮箱，新链接只显示在下一页：请马上保存。',
  revokeAction: '作废原链接，换一个新的',
  revokeBack: '不更换，返回',
  doneTitle: '链接已更换',
  doneMailed: '原来的链接已作废，新链接已发到申请时留下的邮箱。',
};

const en: typeof zh = {
  title: 'Get your private link again',
  lead: 'Enter the case number and the mail address that was given with the request. If they belong together, the link is mailed to that address.',
  number: 'Case number',
  numberHint: 'Ten letters and digits such as N7K2M9QX4T, from a mail or the page after sending',
  email: 'Mail address given with the request',
  action: 'Mail the link',
  notANumber: 'A case number has ten characters and begins with N, G or I',
  askedTitle: 'We have your request',
  asked:
    'If number and address belong together, a mail with the private link comes within minutes. To protect applicants, this page does not say whether they do.',
  askedNot:
    'Nothing came? Look in your spam folder, and check what you entered; a case gets a few such mails a day at most. For a case without a mail address, ask the hub.',
  another: 'Enter it again',
  revokedTitle: 'This link is void',
  revoked:
    'The private link of this case was replaced, and the earlier one opens nothing any more. The new one was mailed to the address given with the request; you can also ask for it again here.',
  revokedAction: 'Get the link again',
  revokeLink: 'Has somebody else seen the link? Replace it',
  revokeTitle: 'Replace the private link',
  revokeText:
    'The link you have is void at once: whoever has it can no longer open this case, nor those that continue it.',
  revokeMailed: 'The new link is mailed to {address}. This page closes, too.',
  revokeShown: 'No mail address was given with this case, so the new link is shown on the next page only: keep it.',
  revokeAction: 'Make the link void and get a new one',
  revokeBack: 'Back, without replacing it',
  doneTitle: 'The link was replaced',
  doneMailed: 'The earlier link is void. The new one was mailed to the address given with the request.',
};

export const againText: Bilingual<typeof zh> = { zh, en };
