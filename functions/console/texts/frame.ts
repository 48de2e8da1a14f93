import type { Bilingual } from '../../../shared/domain/language.ts';

/** The frame of every page, and signing in and out. */
const zh = {
  door: '工作台',
  actingFor: '当前身份',
  switchTo: '切换',
  party: '以哪个机构的身份工作',
  elsewhere: '您正在以“{party}”的身份查看。如果这个链接是发给您所在的另一家机构的，请以那家机构的身份打开。',
  signOut: '退出登录',
  signIn: '登录',
  signInAgain: '重新登录',
  signedOutTitle: '您已退出登录',
  signedOut: '工作台已关闭。如果这是公用电脑，请同时关闭浏览器窗口。',
  expiredTitle: '登录已过期',
  expired:
    '登录满 12 小时，或已在别处结束。刚才提交的内容没有保存：请在新窗口重新登录，再回到这一页用浏览器的“后退”取回您填写的内容。',
  expiredKept:
    '登录满 12 小时，或已在别处结束。刚才提交的内容还没有保存，都在这一页里：请在新窗口重新登录，再回到这里按“再次提交”（文件要重新选择）。',
  sendAgain: '再次提交',
  failedTitle: '登录没有成功',
  failed: '登录中断、超时，或链接已经用过。请再试一次。',
  unreachableTitle: '暂时无法登录',
  unreachable: '登录服务现在没有回应，请过一会儿再试。',
  strangerTitle: '您的账号还没有加入任何机构',
  stranger: '您已登录为 {sub}，但没有任何机构把这个账号登记为成员。请联系您所在机构或协调中心的负责人，请他们添加您。',
  registerOrganization: '登记您的机构',
  sessions: '我的登录和邮件',
  staleTitle: '页面已过期',
  stale: '这一页是在另一次登录中打开的，刚才的操作没有执行。请返回并刷新页面，再试一次。',
  staleKept:
    '这一页是在另一次登录中打开的，刚才的操作还没有执行。您现在的身份是 {as}。没有问题的话，请再次提交（文件要重新选择）。',
  staleElsewhere:
    '这一页是以“{party}”的身份打开的，刚才的操作还没有执行。您现在的身份是 {as}。请先在下面换回“{party}”（会打开新窗口），再回到这里按“再次提交”（文件要重新选择）。',
  back: '返回工作台',
  list: '、',
};

const en: typeof zh = {
  door: 'Console',
  actingFor: 'Acting for',
  switchTo: 'Switch',
  party: 'The party you act for',
  elsewhere:
    'You looked for it as a member of {party}. If the link is meant for another of your parties, open it for that one.',
  signOut: 'Sign out',
  signIn: 'Sign in',
  signInAgain: 'Sign in again',
  signedOutTitle: 'You are signed out',
  signedOut: 'The console is closed. On a shared computer, close the browser window, too.',
  expiredTitle: 'Your sign-in has ended',
  expired:
    'It lasted 12 hours, or was ended elsewhere. What you just sent was not stored: sign in again in a new window, then come back to this page and use your browser’s Back button to find what you entered.',
  expiredKept:
    'It lasted 12 hours, or was ended elsewhere. What you just sent is not stored yet; all of it is on this page: sign in again in a new window, then come back here and press “Send again” (files must be chosen again).',
  sendAgain: 'Send again',
  failedTitle: 'Signing in did not work',
  failed: 'It was interrupted, took too long, or the link had been used before. Please try again.',
  unreachableTitle: 'Signing in is not possible right now',
  unreachable: 'The sign-in service does not answer. Please try again in a while.',
  strangerTitle: 'Your account belongs to no party yet',
  stranger:
    'You are signed in as {sub}, but no organization has this account among its members. Ask the lead of your organization or of the hub to add you.',
  registerOrganization: 'Register your organization',
  sessions: 'My sign-ins and mail',
  staleTitle: 'This page is out of date',
  stale: 'It was opened in another sign-in, and nothing was done. Go back, reload the page and try again.',
  staleKept:
    'It was opened in another sign-in, and nothing was done yet. You are now {as}. If that is right, send it again (files must be chosen again).',
  staleElsewhere:
    'It was opened for {party}, and nothing was done yet. You are now {as}. Switch back to {party} below (a new window opens), then come back here and press “Send again” (files must be chosen again).',
  back: 'To the console',
  list: ', ',
};

export const frameText: Bilingual<typeof zh> = { zh, en };
