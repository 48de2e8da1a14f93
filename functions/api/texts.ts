import type { RejectionCode } from '../../shared/domain/errors.ts';
import type { Bilingual } from '../../shared/domain/language.ts';

/** What the API refuses beside what the domain rejects: a service that stumbled, and a mistake of ours. */
export type ProblemCode = RejectionCode | 'unavailable' | 'unexpected';

const zh: { titles: Record<ProblemCode, string>; unavailable: string; unexpected: string } = {
  titles: {
    invalid: '内容有误',
    'unreadable-body': '内容无法读取',
    'too-large': '内容太大',
    'unsupported-media-type': '不支持的内容类型',
    'idempotency-mismatch': '幂等键已用于其他请求',
    'unreadable-file': '文件无法读取',
    'too-many-requests': '请求太多',
    unauthenticated: '未登录',
    forbidden: '没有权限',
    'same-person': '须由不同的人审批',
    'interest-declared': '有利益关系',
    'membership-ended': '角色已变更',
    'both-sides': '不能同时代表双方',
    'stand-in-ended': '代理已结束',
    'not-found': '没有找到',
    'method-not-allowed': '不支持的请求方法',
    'already-decided': '已由他人处理',
    'stage-changed': '状态已变化',
    'unknown-outcome': '不能选择这个结果',
    'budget-exceeded': '预算不足',
    'programme-closed': '项目已截止',
    'link-revoked': '链接已失效',
    'already-exists': '已经存在',
    'stand-in-overlaps': '代理日期重叠',
    unavailable: '暂时无法处理',
    unexpected: '系统出错',
  },
  unavailable: '现在请求太多或服务暂时中断，什么都没有保存。请稍后再试。',
  unexpected: '系统出错了，这不是您的问题。联系我们时请提供编号 {reference}。',
};

const en: typeof zh = {
  titles: {
    invalid: 'Some content is wrong',
    'unreadable-body': 'Unreadable content',
    'too-large': 'Too large',
    'unsupported-media-type': 'Unsupported content type',
    'idempotency-mismatch': 'Idempotency key used for another request',
    'unreadable-file': 'Unreadable file',
    'too-many-requests': 'Too many requests',
    unauthenticated: 'Not signed in',
    forbidden: 'Not allowed',
    'same-person': 'Another person must approve',
    'interest-declared': 'An interest in this case',
    'membership-ended': 'No longer in this role',
    'both-sides': 'On the other side of this case',
    'stand-in-ended': 'No longer a stand-in',
    'not-found': 'Not found',
    'method-not-allowed': 'Method not allowed',
    'already-decided': 'Already decided',
    'stage-changed': 'The case has moved on',
    'unknown-outcome': 'Not a possible outcome',
    'budget-exceeded': 'Not enough budget',
    'programme-closed': 'Programme closed',
    'link-revoked': 'Link revoked',
    'already-exists': 'Exists already',
    'stand-in-overlaps': 'Another stand-in on these days',
    unavailable: 'Not available for the moment',
    unexpected: 'Something went wrong here',
  },
  unavailable:
    'There are too many requests, or a service is interrupted. Nothing was stored. Please try again shortly.',
  unexpected: 'Something went wrong on our side. When you write to us, name {reference}.',
};

/** What the API itself says; the sentences for rejections are those of all doors. */
export const apiText: Bilingual<typeof zh> = { zh, en };
