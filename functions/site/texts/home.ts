import type { Bilingual } from '../../../shared/domain/language.ts';

/** The home page, the frame around every page of the site, and finding a case again. */
const zh = {
  title: '接力',
  headline: '缺物资、缺经费、要给志愿者上保险，在这里申请',
  lead: '医院、社区和志愿者团队在这里提出需求。每一步由谁办、何时办完，您随时看得到，直到物资送达、款项到账、保障生效。',
  free: '不用注册。填写约 5 分钟。',
  thenTitle: '提交之后',
  legs: [
    { title: '立即得到编号和专属链接', text: '保存好链接，凭它查看和办理，不需要密码。' },
    { title: '协调中心或资助方核实', text: '需求和保险一般 24 小时内，资助申请一般 2 天内。' },
    { title: '找到捐赠方、批准、投保', text: '只满足一部分时，余下的自动继续，不会丢。' },
    { title: '送达、到账、生效', text: '您确认收到，简单反馈，办理完成。' },
  ],
  findTitle: '查看已提交的申请',
  findText: '粘贴提交时得到的专属链接（邮件里也有）',
  findLabel: '专属链接',
  findAction: '查看',
  findAgain: '找不到链接？重新获取',
  findNumber: '这是编号，不是链接。为保护您的信息，只凭编号看不到申请。请用专属链接；找不到时可以重新获取。',
  findWrong: '这不是专属链接。它的样子是 {example}。',
  programmesTitle: '正在开放的资助项目',
  allProgrammes: '全部项目',
  noProgrammes: '现在没有开放的项目。新项目公布后会出现在这里。',
  programmes: '资助项目',
  footer: { privacy: '个人信息怎样使用', staff: '工作人员登录', find: '查看申请' },
};

const en: typeof zh = {
  title: 'Jieli',
  headline: 'Ask for supplies, a grant or insurance, and follow your request',
  lead: 'Hospitals, communities and volunteer groups ask for help here. You can always see who has your request and until when, up to the moment the goods arrive, the money is paid, the cover begins.',
  free: 'No account needed. Takes about 5 minutes.',
  thenTitle: 'What happens then',
  legs: [
    {
      title: 'You get a case number and a private link',
      text: 'Keep the link: it opens your case without a password.',
    },
    {
      title: 'The hub or the funder checks it',
      text: 'Needs and insurance usually within 24 hours, grants within 2 days.',
    },
    {
      title: 'A donor is found, a grant approved, cover bound',
      text: 'If only part can be given, the rest goes on by itself.',
    },
    { title: 'It arrives', text: 'You confirm, send a short report, and the request is closed.' },
  ],
  findTitle: 'Find your request again',
  findText: 'Paste the private link you got when you sent it (also in the e-mail).',
  findLabel: 'Private link',
  findAction: 'Open',
  findAgain: 'No link at hand? Get it again',
  findNumber:
    'This is a case number, not a link. To protect your data a number alone opens nothing. Use the private link, or get it again if you cannot find it.',
  findWrong: 'This is not a private link. One looks like {example}.',
  programmesTitle: 'Open grant programmes',
  allProgrammes: 'All programmes',
  noProgrammes: 'No programme is open right now. New ones will appear here.',
  programmes: 'Programmes',
  footer: { privacy: 'How personal data is used', staff: 'Staff sign-in', find: 'Find your request' },
};

export const homeText: Bilingual<typeof zh> = { zh, en };
