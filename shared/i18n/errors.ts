import type { FieldProblem, RejectionCode } from '../domain/errors.ts';
import type { Bilingual, Language } from '../domain/language.ts';
import { domainText } from './domain.ts';
import { outcomeText } from './kind-text.ts';
import { actingName, fill, momentText, textOf } from './lookup.ts';

/** What is said about a request that was refused, and what to do. */
const refusals: Bilingual<Record<RejectionCode, string>> = {
  zh: {
    invalid: '有些内容需要修改，请看下面的提示。您填写的内容都还在。',
    'unreadable-body': '收到的内容无法读取，请检查格式和编码（应为 UTF-8）。',
    'too-large': '内容太大。文件请不要超过 4 MB。',
    'unsupported-media-type': '不支持这种内容类型。',
    'idempotency-mismatch': '同一个幂等键已用于另一份不同的请求，请换一个新的键。',
    'unreadable-file': '无法读取这个文件，请另存为 CSV 或 XLSX 后重试。',
    'too-many-requests': '短时间内的请求太多了，没有保存。请过 {minutes} 分钟再试一次；着急的话请打电话给协调中心。',
    'not-sent': '还没有提交，您填写的内容都在下面。请检查后再提交一次。',
    unauthenticated: '请先登录。',
    forbidden: '您的角色不能进行这项操作。',
    'same-person': '同一份申请的各道审批必须由不同的人完成，请交给另一位同事。',
    'interest-declared':
      '您（或您所代理的人）与申请机构有利益关系：已经声明，或是其成员。这个案例由其他人处理，您的操作没有改变它。',
    'membership-ended': '您在这个机构的角色已被变更或取消，这项操作没有进行。',
    'both-sides':
      '同一个人不能在一个案例里既代表申请方又代表资助方。您（或您所代理的人）已经站在另一方，请交给另一位同事。',
    'stand-in-ended': '您的代理已经到期、被撤销，或被代理人的角色已经变更。这项操作没有进行。',
    'party-unnamed': '您属于多个机构，请在 Jieli-Party 中写明代表哪一个：{parties}。',
    'not-found': '没有找到。请检查链接或编号。',
    'method-not-allowed': '此地址不支持这种请求方法。',
    'already-decided': '已由 {by} 于 {when} 处理：{outcomeText}。您的操作没有改变它。',
    'stage-changed': '这份申请的状态已经变化，请刷新后再看。',
    'unknown-outcome': '当前阶段不能选择这个结果。',
    'budget-exceeded': '项目余额只剩 {yuan} 元，不够批准这个金额。',
    'programme-closed': '该项目已于 {date} 截止，不再接受申请。请看其他开放的项目。',
    'link-revoked': '这个链接已失效，请使用最新的链接。',
    'already-exists': '已经存在，没有重复创建。',
    'stand-in-overlaps': '{from} 至 {to} 已经指定了代理人。请先撤销，或选择其他日期。',
    'last-lead': '这是最后一位负责人：请先让另一位成员成为负责人。',
    'already-member': '此人已经是成员，请在成员名单中修改角色。',
    'invitation-over': '这份邀请已被接受、取消或过期，或者已有更新的邮件。请联系邀请您的人重新发送。',
    'letter-over': '这个确认链接已经用过、过期，或者已有更新的邮件。',
    'enough-of-these': '数量已达上限（{maximum}）。请先处理已有的，再添加新的。',
    'address-taken': '这个邮箱已由另一个机构账户确认。',
    'mailbox-taken': '这个邮箱已属于这里的另一位成员。每人只用一个账户：请填写您自己的邮箱，或联系邀请您的人。',
    'members-changed': '成员名单刚刚被另一位同事修改，请刷新后再试。',
    'draft-changed': '另一位同事刚刚修改了这份草稿。',
    'draft-sent': '这份草稿已经提交，不会再次提交。',
  },
  en: {
    invalid: 'Some answers need your attention: see below. Everything you entered is still there.',
    'unreadable-body': 'What was sent could not be read. Check its format and encoding (it should be UTF-8).',
    'too-large': 'This is too large. Files may have up to 4 MB.',
    'unsupported-media-type': 'This type of content is not supported.',
    'idempotency-mismatch': 'This idempotency key was used for a different request. Use a new key.',
    'unreadable-file': 'This file could not be read. Save it as CSV or XLSX and try again.',
    'too-many-requests':
      'There were too many requests in a short time, so nothing was stored. Please try again in {minutes} min; if it is urgent, telephone the hub.',
    'not-sent': 'Nothing was sent yet; what you typed is below. Look it over and send it again.',
    unauthenticated: 'Please sign in first.',
    forbidden: 'Your role does not allow this.',
    'same-person': 'Each approval must come from a different person. Please leave this one to a colleague.',
    'interest-declared':
      'You, or whoever you stand in for, have an interest in this case: declared, or as a member of the organization. Others have it; your answer did not change it.',
    'membership-ended': 'Your roles in this party were changed or ended meanwhile. Nothing was done.',
    'both-sides':
      'Nobody acts both for the applicant and for who gives in one case. You, or whoever you stand in for, were on the other side of this one. Please leave it to a colleague.',
    'stand-in-ended':
      'Your time as a stand-in is over: it ended, was revoked, or the roles of whoever you stand in for have changed. Nothing was done.',
    'party-unnamed': 'You belong to several parties. Name the one you act for in Jieli-Party: {parties}.',
    'not-found': 'Not found. Check the link or the case number.',
    'method-not-allowed': 'This address does not take requests of this method.',
    'already-decided': '{by} decided this at {when}: {outcomeText}. Your answer did not change it.',
    'stage-changed': 'This case has moved on meanwhile. Reload it to see where it stands.',
    'unknown-outcome': 'This answer is not possible at this stage.',
    'budget-exceeded': 'Only {yuan} yuan of the programme’s budget are left, not enough for this amount.',
    'programme-closed':
      'This programme closed on {date} and takes no more applications. See the other open programmes.',
    'link-revoked': 'This link is no longer valid. Use the latest one.',
    'already-exists': 'This exists already; nothing was made twice.',
    'stand-in-overlaps': 'A stand-in is named from {from} to {to} already. Revoke that first, or choose other days.',
    'last-lead': 'This is the last person who leads: let another member lead first.',
    'already-member': 'This person is a member already: change their roles in the list of members.',
    'invitation-over':
      'This invitation was accepted, cancelled or has expired, or a newer mail replaced it. Ask who invited you to send it again.',
    'letter-over': 'This link was used, has expired, or a newer mail replaced it.',
    'enough-of-these': 'There can be at most {maximum} of these. Finish some of them first.',
    'address-taken': 'Another organization’s account has confirmed this address.',
    'mailbox-taken':
      'Another member here has this mailbox. Each person has one account: enter your own address, or ask whoever invited you.',
    'members-changed': 'A colleague changed the members just now. Reload the page and try again.',
    'draft-changed': 'A colleague changed this draft meanwhile.',
    'draft-sent': 'This draft was sent already and is not sent again.',
  },
};

/** What is said about one field. */
const fields: Bilingual<Record<string, string>> = {
  zh: {
    required: '请填写',
    invalid: '填写有误',
    'wrong-type': '类型不对，应为 {expected}',
    'too-short': '至少需要 {minimum} 个',
    'too-long': '太长，最多 {maximum}',
    'too-much-text': '文字太多，请精简，或分成几份提交',
    'too-small': '不能小于 {minimum}',
    'too-big': '不能大于 {maximum}',
    'not-email': '请填写正确的邮箱地址，例如 name@example.org',
    'not-shown-as-yours': '请填写收到邀请的邮箱，或登录账户中已验证的邮箱；要用其他邮箱，请负责人改为邀请它',
    'mailbox-taken': '这里的另一位成员在用这个邮箱',
    'not-regex': '格式不对',
    'not-date': '请填写日期，例如 2020-02-03',
    'not-url': '请填写网址',
    'not-a-choice': '请从所列选项中选择',
    'not-a-cursor': '游标无效，请从第一页开始',
    'not-found': '没有找到',
    'unknown-field': '没有这个字段：{field}',
    'malformed-text': '含有无法识别的字符，请重新输入',
    closed: '该项目已截止',
    'in-the-past': '日期不能早于今天',
    'in-the-future': '日期不能晚于今天',
    'before-start': '结束日期不能早于开始日期',
    'too-long-cover': '一次最多保障 {maximum} 天',
    'too-many-days': '一次最多 {maximum} 天',
    'nothing-given': '请至少填写一项数量；数量待定的物资需写明捐赠多少',
    'offer-exceeded': '该捐赠意向只剩 {maximum} 件',
    'not-as-approved': '金额应与批准的 {yuan} 元一致',
    'below-award': '预算合计不能低于已批准的 {yuan} 元',
    'not-a-phone': '请填写电话号码',
    'not-a-case-number': '申请编号是 10 位，以 N、G 或 I 开头',
    'not-a-number': '请填写数字',
    'not-an-amount': '请填写金额，例如 3000 或 3,000.50',
    'not-a-quantity': '请填写整数；不清楚数量可留空',
    'unreadable-file': '无法读取这个文件',
    'no-columns': '没有找到需要的列：{columns}',
    'name-implausible': '姓名看起来不对',
    'phone-not-mobile': '请填写 11 位手机号码',
    'too-young': '保障开始时 {age} 岁，未满 18 岁',
    'too-old': '保障开始时 {age} 岁，超过 70 岁',
    'double-in-file': '与第 {line} 行重复',
    'identity-old': '这是 15 位的旧号码，请填写 18 位号码',
    'identity-digits-lost': '表格把号码当作数字，末几位已丢失，请把该列设为文本后重新填写',
    'identity-length': '应为 18 位',
    'identity-characters': '只能是数字，最后一位可以是 X',
    'identity-region': '开头的地区代码不存在',
    'identity-birth-date': '其中的出生日期不存在',
    'identity-check-digit': '校验位不对，请核对是否输错',
  },
  en: {
    required: 'Please fill this in',
    invalid: 'This is not right',
    'wrong-type': 'Wrong type: should be {expected}',
    'too-short': 'At least {minimum} needed',
    'too-long': 'Too long: at most {maximum}',
    'too-much-text': 'Too much text: shorten it, or send it in several parts',
    'too-small': 'Must be at least {minimum}',
    'too-big': 'Must be at most {maximum}',
    'not-email': 'Enter an e-mail address such as name@example.org',
    'not-shown-as-yours':
      'Use the address that the invitation went to, or the one that your sign-in has verified; for another one, ask to be invited there',
    'mailbox-taken': 'Another member here uses this mailbox',
    'not-regex': 'This does not have the right form',
    'not-date': 'Enter a date such as 2020-02-03',
    'not-url': 'Enter a web address',
    'not-a-choice': 'Choose one of those listed',
    'not-a-cursor': 'Not a valid cursor: start from the first page',
    'not-found': 'Not found',
    'unknown-field': 'There is no such field: {field}',
    'malformed-text': 'Contains characters that cannot be read; please type it again',
    closed: 'This programme has closed',
    'in-the-past': 'The date cannot be before today',
    'in-the-future': 'The date cannot be after today',
    'before-start': 'The end cannot be before the start',
    'too-long-cover': 'One request covers at most {maximum} days',
    'too-many-days': 'At most {maximum} days at a time',
    'nothing-given': 'Enter a quantity for at least one line; for lines of unknown amount say how much you give',
    'offer-exceeded': 'Only {maximum} pieces are left of this offer',
    'not-as-approved': 'The amount must be the approved {yuan} yuan',
    'below-award': 'The budget cannot be below the approved {yuan} yuan',
    'not-a-phone': 'Enter a telephone number',
    'not-a-case-number': 'A case number has ten characters and begins with N, G or I',
    'not-a-number': 'Enter a number',
    'not-an-amount': 'Enter an amount such as 3000 or 3,000.50',
    'not-a-quantity': 'Enter a whole number; leave it empty if the amount is not known',
    'unreadable-file': 'This file could not be read',
    'no-columns': 'These columns were not found: {columns}',
    'name-implausible': 'This does not look like a name',
    'phone-not-mobile': 'Enter a mobile number of 11 digits',
    'too-young': 'Aged {age} when cover begins: under 18',
    'too-old': 'Aged {age} when cover begins: over 70',
    'double-in-file': 'The same person as in row {line}',
    'identity-old': 'An old number of 15 digits: enter the one of 18',
    'identity-digits-lost':
      'The spreadsheet kept this as a number and lost its last digits: format the column as text and enter it again',
    'identity-length': 'Should have 18 characters',
    'identity-characters': 'Digits only; the last may be X',
    'identity-region': 'No such region code at the beginning',
    'identity-birth-date': 'The date of birth in it does not exist',
    'identity-check-digit': 'The check digit is wrong: look for a typing error',
  },
};

/** The sentence for a refused request. */
export function refusalText(
  language: Language,
  code: RejectionCode,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const { at, outcome, by, inPlaceOf } = params;
  const names = domainText[language];
  const who = by === 'applicant' ? names.applicant : by === 'workflow' ? names.workflow : by;
  return fill(refusals[language][code], {
    ...params,
    ...(typeof who === 'string' && {
      by: actingName(language, who, typeof inPlaceOf === 'string' ? inPlaceOf : undefined),
    }),
    ...(typeof at === 'string' && { when: momentText(at) }),
    ...(typeof outcome === 'string' && { outcomeText: outcomeText(language, undefined, outcome) }),
  });
}

/** The sentence for one wrong field. */
export function fieldText(language: Language, problem: FieldProblem): string {
  return fill(textOf(fields[language], problem.code), problem.params);
}
