import type { Bilingual } from '../../shared/domain/language.ts';

/** What mails say. `{…}` are filled in; a mail says what happened, then what to do. */
const zh = {
  subject: '【接力】{kind} {id}：{what}',
  hello: '您好：',
  what: {
    submitted: '已收到',
    continued: '未满足的部分继续寻找捐赠方',
    'task-opened': '有一项待您处理',
    reminded: '提醒：请尽快处理',
    escalated: '逾期未处理，请协助跟进',
    stuck: '流程受阻，需要处理',
    'ending-soon': '保障即将到期',
    'handed-over': '转由您处理',
    barred: '一位同事因申请方所填内容不能处理',
    nobody: '没有人可以处理，请另找人选',
    'link-revoked': '新的专属链接',
    'mail-undelivered': '邮件无法送达申请方',
    'member-unreached': '邮件无法送达一位经办人',
    'mail-resumed': '恢复发送邮件',
  },
  submitted: '我们已收到您的{kind}，编号 {id}。请保存下面的专属链接，随时可以查看进度、补充材料或撤回。',
  continued: '这次还没有满足的物资已转为新的编号 {id}，继续寻找捐赠方，您不需要重新填写。',
  steps: '接下来：',
  next: '接下来：{stage}（{desk}）。',
  stageChanged: '{kind} {id} 有新进展：{outcome}。目前阶段：{stage}。',
  task: '{organization} 的{kind} {id} 正在等待您处理：{stage}。请在 {due} 前完成。',
  reminded: '{organization} 的{kind} {id} 仍在等待处理（{stage}），应于 {due} 前完成。',
  escalated: '{organization} 的{kind} {id} 已逾期（{stage}，应于 {due} 前完成），请协助跟进。',
  stuck: '{organization} 的{kind} {id} 的自动流程无法继续（{stage}）。请在工作台查看，处理后点“已处理，继续”。',
  handedOver: '{organization} 的{kind} {id} 转由您处理：{stage}。原来的经办人不能处理。请在 {due} 前完成。',
  barred:
    '{organization} 的{kind} {id}：申请方填写的邮箱或机构名称属于您的一位同事，因此这位同事不能处理它。没有人核实过所填内容。请在工作台查看；如果填得不对，您可以与另一位成员一起解除。',
  nobody:
    '{organization} 的{kind} {id} 现在没有人可以处理（{stage}）：能处理的人都声明了利益关系、属于申请机构，或已经在前面的环节处理过。缺的是：{desk}。请在工作台邀请一位新成员，或给一位同事这个角色，之后会自动转给他。应于 {due} 前完成。',
  endingSoon: '{kind} {id} 的志愿者保障将于 {coverTo} 结束。如仍需保障，请提交新的申请。',
  linkRevoked: '{kind} {id} 原来的专属链接已作废，再也打不开。请改用下面的新链接，并删除旧邮件。',
  undelivered:
    '发给 {organization} 的邮件无法送达（{kind} {id}），系统不再向这个邮箱发信。请打电话联系申请方：如果邮箱地址写错了，请对方补充正确的联系方式；如果地址没有错，请在申请页面点“地址没有错，继续发信”。',
  givenUp:
    '有一封发给 {organization} 的邮件多次尝试后仍未被接收（{kind} {id}）。申请方可能不知道最新进展，也可能没有专属链接。请打电话联系申请方；对方能收信后，请在申请页面点“地址没有错，继续发信”，链接会再发一次。',
  unreached:
    '关于 {organization} 的{kind} {id} 的邮件无法送达一位经办人，对方可能不知道自己有待办。请在工作台的申请页面查看是谁，并用其他方式通知对方；邮箱地址需要由其所在机构的负责人更正。',
  resumed: '之前发给您的邮件没有送达。{kind} {id} 的邮件现在恢复发送，请保存下面的专属链接。',
  screened: [
    '自动核对有发现',
    '{kind} {id} 的自动核对发现：\n{findings}\n评审人仍会看这份申请，但可能不予通过。链接页面列出了条件更合适的项目；您可以补充、撤回，或改申请其中一个。',
  ],
  reason: '理由：{reason}',
  open: '查看并处理',
  footer: '请不要把这个链接转发给无关的人：凭它可以代表贵机构操作。',
  footerMember: '此邮件由接力系统自动发出。',
};

const en: typeof zh = {
  subject: '[Jieli] {kind} {id}: {what}',
  hello: 'Hello,',
  what: {
    submitted: 'received',
    continued: 'the rest goes on looking for a donor',
    'task-opened': 'waiting for you',
    reminded: 'reminder, please answer soon',
    escalated: 'overdue, please follow up',
    stuck: 'the workflow is stuck and needs a person',
    'ending-soon': 'cover is ending soon',
    'handed-over': 'is with you now',
    barred: 'a colleague may not answer, by what was entered',
    nobody: 'nobody may answer, please find somebody',
    'link-revoked': 'a new private link',
    'mail-undelivered': 'mail to the applicant does not arrive',
    'member-unreached': 'mail to somebody who works on it does not arrive',
    'mail-resumed': 'mail is sent again',
  },
  submitted:
    'We have received your request ({kind}), case number {id}. Keep the private link below: with it you can see where the request stands, add to it or withdraw it at any time.',
  continued:
    'What could not be given this time goes on as case {id} and keeps looking for a donor. You need not fill in anything again.',
  steps: 'What happens next:',
  next: 'What happens next: {stage} ({desk}).',
  stageChanged: 'There is news of {id} ({kind}): {outcome}. It is now at this stage: {stage}.',
  task: '{kind} {id} of {organization} is waiting for you: {stage}. Please answer by {due}.',
  reminded: '{kind} {id} of {organization} is still waiting ({stage}). It was due by {due}.',
  escalated: '{kind} {id} of {organization} is overdue ({stage}, due by {due}). Please follow it up.',
  stuck:
    'The workflow of {kind} {id} of {organization} cannot go on ({stage}). Please look at it in the console and choose “Fixed, continue” when it is fixed.',
  handedOver:
    '{kind} {id} of {organization} is with you now: {stage}. Those who had it may not answer it. Please answer by {due}.',
  barred:
    'In {kind} {id} of {organization} the applicant entered the mail address, or the organization, of a colleague of yours, who therefore may not answer it. Nobody confirmed what was entered. Please look at it in the console: if it is not so, you can lift it together with another member.',
  nobody:
    'Nobody may answer {kind} {id} of {organization} now ({stage}): everybody who could has an interest in it, belongs to the organization, or has acted on it before. Lacking: {desk}. Please invite another member in the console, or give a colleague that role; it then goes to them. It is due by {due}.',
  endingSoon:
    'The volunteer insurance of {id} ({kind}) ends on {coverTo}. If cover is still needed, please send a new request.',
  linkRevoked:
    'The earlier private link of {id} ({kind}) is void and opens nothing any more. Use the new one below, and delete the older mails.',
  undelivered:
    'Mail to {organization} does not arrive ({kind} {id}), and none is sent to that address any more. Please call the applicant. If the address is wrong, ask them for another way to reach them. If it is right, choose “The address is right, send mail again” on the page of the case.',
  givenUp:
    'A mail to {organization} was tried again and again and was not taken ({kind} {id}). They may not know the news, nor have the private link. Please call them. When mail is taken again, choose “The address is right, send mail again” on the page of the case: the link is then sent once more.',
  unreached:
    'Mail about {kind} {id} of {organization} does not reach somebody who works on it, and who may not know what waits for them. The page of the case in the console says who it is: please tell them in another way. Who leads their party can correct the address.',
  resumed:
    'Earlier mails to you did not arrive. Mails about {id} ({kind}) are sent again from now on. Please keep the private link below.',
  screened: [
    'the checks found something',
    'The automatic checks of {id} ({kind}) found:\n{findings}\nA reviewer still looks at it, but it may be declined. The page behind the link lists programmes that fit better: you can add to your application, withdraw it, or apply to one of them.',
  ],
  reason: 'Reason: {reason}',
  open: 'Open the case',
  footer: 'Please do not pass this link on: whoever has it can act for your organization.',
  footerMember: 'This mail was sent by Jieli.',
};

export const mailText: Bilingual<typeof zh> = { zh, en };
