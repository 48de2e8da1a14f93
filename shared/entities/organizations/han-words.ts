/**
 * Words of Chinese names of organizations. What is written in several ways has one way here; what is left of a name when all
 * that many bodies have in theirs is taken out is its own.
 */

/** Several ways to write one thing, the way that stands for them all first. The longest come first. */
const WAYS: readonly (readonly [one: string, others: RegExp])[] = [
  ['疾控中心', /疾病(?:预防控制|预防与控制|控制|防控)(?:中心|局)|疾控局/gu],
  ['疾控中心', /疾控$/gu],
  ['人民医院', /人医$/gu],
  [
    '妇幼院',
    /妇(?:女儿童|幼)保健(?:计划生育服务|和计划生育服务|计生服务|服务)?(?:中心|院|所)|妇保院|妇幼(?:保健)?院|妇幼$/gu,
  ],
  ['卫健委', /卫生(?:健康|和计划生育|计生)(?:委员会|委|局)|卫(?:健|计)(?:委员会|委|局)|卫生局/gu],
  ['中医院', /中医医院/gu],
  ['中西医院', /中西医结合医院/gu],
  ['慈善会', /慈善(?:总会|协会|联合会|总协会)/gu],
  ['红十字会', /红会/gu],
  ['红十字会医院', /红十字医院/gu],
  ['卫生院', /中心卫生院/gu],
  ['社卫中心', /社区卫生(?:服务)?中心|社卫(?:服务)?中心/gu],
  ['街办', /街道?办事处|街道办/gu],
  ['街', /街道/gu],
  ['居委会', /(?:社区)?居民委员会|社区居委会/gu],
  ['村委会', /村民委员会/gu],
  ['残联', /残疾人联合会/gu],
  ['妇联', /妇女联合会/gu],
  ['文联', /文学艺术界联合会/gu],
  ['工商联', /工商业联合会/gu],
  ['总工会', /工会联合会/gu],
  ['团委', /共青团(?=.{2,8}委员会$)|共青团委员会/gu],
  ['政府', /人民政府/gu],
  ['公安局', /警察局/gu],
  ['社工', /社会工作者?/gu],
  ['志愿', /志愿者?服务|志愿者|义工/gu],
  ['养老院', /敬老院|养老服务院/gu],
  ['福利院', /社会福利院|社会福利中心/gu],
  ['精神病院', /精神病专?科?医院|精神专科医院/gu],
  ['医大', /医科大学|医学大学/gu],
  ['附属', /附设|直属附属/gu],
  ['中心', /服务中心/gu],
  ['联合会', /联合总会|总联合会/gu],
  ['协会', /总协会/gu],
  ['商会', /总商会/gu],
  ['小学', /小学校/gu],
  ['幼儿园', /幼稚园/gu],
];

/** The name with one way of writing where there are several: 疾控中心 for 疾病预防控制中心. */
export function oneWay(name: string): string {
  return WAYS.reduce((text, [one, others]) => text.replace(others, one), name);
}

/** Forms of law, at the end of a name. The longest come first. */
const FORM =
  /(?:集团股份有限公司|股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|总公司|公司|集团|合伙企业|民办非企业单位)$/u;

/** The name without its form of law, if something is left. */
export function withoutForm(name: string): string {
  const short = name.replace(FORM, '');
  return short.length >= 2 ? short : name;
}

/** What a body is called that may have branches. */
const BODY =
  '医院|公司|中心|大学|学院|卫生院|中医院|妇幼院|基金会|协会|红十字会|慈善会|联合会|学会|商会|中学|小学|学校|集团|银行|福利院|养老院|精神病院|血站|疾控中心';
const BRANCHES =
  '院区|分院|校区|分校|分公司|分会|分部|分中心|分站|分局|分店|分社|分行|支行|支部|支会|支队|办事处|代表处|联络处|工作站|服务站|服务点|卫生站|营业部|项目部|指挥部|门诊部|[东西南北新老旧]院|医疗队|救援队|肿瘤中心|体检中心|急诊中心|急救中心|感染中心|血液中心|心脏中心|康复中心|妇儿中心';
const DEPARTMENTS =
  '门诊|急诊|(?:药剂|设备|器械|采购|物资|总务|后勤|院感|感染|感染性疾病|护理|医务|医教|财务|呼吸|急诊|重症|重症医学|发热|检验|放射|预防保健|防保|供应)(?:科|处|部|办|室|组|中心)|(?:院)?办公室|后勤|捐赠组|物资组|防控办|防控指挥部|病区|病房|ICU|lcu';
const MAIN = '本部|院本部|总院|总部|主院区|本院';
const PART = new RegExp(
  `^(.*(?:${BODY})|.{2,}(?:局|会(?!计)|社(?![区会工])))(?:(${MAIN})|(.{0,10}?(?:${DEPARTMENTS}))|(.{0,10}?(?:${BRANCHES})))$`,
  'u',
);

/** A name that ends in a part of the body: a campus or branch, which may be a body of its own, or a department, which is none. */
export interface NamePart {
  readonly body: string;
  readonly branch?: string;
  readonly department?: string;
}

/** Takes a campus, a branch or a department off the end of a name. */
export function partOf(name: string): NamePart {
  const [, body, main, department, branch] = PART.exec(name) ?? [];
  if (body === undefined) return { body: name };
  if (main !== undefined) return { body };
  return department !== undefined ? { body, department } : { body, branch: branch ?? '' };
}

const HAN_DIGITS = '零一二三四五六七八九';

/** 九, 十二, 五三, 161: as a number; undefined for what is none. */
function readOrdinal(written: string): number | undefined {
  if (/^\d{1,4}$/.test(written)) return Number(written);
  const plain = written.replace(/[〇○o]/gu, '零').replace(/两/gu, '二');
  if (plain === '') return undefined;
  const [, tens, ones] = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/u.exec(plain) ?? [];
  if (tens !== undefined && ones !== undefined) {
    return (tens === '' ? 1 : HAN_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : HAN_DIGITS.indexOf(ones));
  }
  const digits = [...plain].map((digit) => HAN_DIGITS.indexOf(digit));
  return digits.includes(-1) ? undefined : Number(digits.join(''));
}

function inHan(number: number): string {
  return `第${Array.from(String(number), (digit) => HAN_DIGITS[Number(digit)] ?? '').join('')}`;
}

const NUMERAL = '[0-9〇零一二三四五六七八九十两]{1,4}';
const WITH_MARK = new RegExp(`第(${NUMERAL})|(?:no|№)(\\d{1,4})(?:号|(?=\\p{Script=Han}))`, 'giu');
/** 九医院, 一中, 三院: a number that is one because of what follows. */
const WITHOUT_MARK = new RegExp(
  `(^|附属|大学|医大|[市县区省])(${NUMERAL})(?=(?:人民|中医|职工|附属|妇幼|康复)?(?:医院|院$|院(?=第|附))|中学|小学|中$|小$|附院|幼儿园|医$)`,
  'gu',
);

/** Numbers of a name in one way: 第九 for 第9, 第 九 and 九医院. Take it before letters are folded. */
export function oneOrdinal(name: string): string {
  const marked = name.replace(WITH_MARK, (whole, han: string | undefined, latin: string | undefined) => {
    const number = readOrdinal(han ?? latin ?? '');
    return number === undefined ? whole : inHan(number);
  });
  return marked.replace(WITHOUT_MARK, (whole, before: string, written: string) => {
    const number = readOrdinal(written);
    return number === undefined ? whole : `${before}${inHan(number)}`;
  });
}

/** What is short after a number: 第一院 is 第一医院, 第一中 a middle school, 附属第一 and 第一附属 are one. */
export function wholeAfterOrdinal(name: string): string {
  return name
    .replace(/(第[零一二三四五六七八九]{1,4})附属(?=医院|中医院|口腔|妇幼)/u, '附属$1')
    .replace(/(第[零一二三四五六七八九]{1,4})附院$/u, '附属$1医院')
    .replace(/附(第[零一二三四五六七八九]{1,4})(?:医?院)$/u, '附属$1医院')
    .replace(/(第[零一二三四五六七八九]{1,4})(?:院|医)$/u, '$1医院')
    .replace(/(第[零一二三四五六七八九]{1,4})中$/u, '$1中学')
    .replace(/(第[零一二三四五六七八九]{1,4})小$/u, '$1小学');
}

/** Words that many names have. */
const GENERIC = new RegExp(
  [
    '中西医院|中医院|妇幼院|精神病院|疾控中心|卫健委|社卫中心|红十字会|慈善会|卫生院|总医院|医院|人民|职工|中心|综合|专科',
    '妇女|儿童|妇儿|妇产|口腔|眼科|骨科|肿瘤|胸科|传染病|结核病|职业病|皮肤病|心脏病|脑血管病|血管病|精神病|精神|心理|卫生|康复|护理|保健|防治|血液|急救|血站|体检|门诊',
    '福利院|养老院|儿童福利院|救助|老年|公寓|大学|学院|医大|中学|小学|学校|幼儿园|实验|附属|教育|公安|消防|应急|民政|交通|管理|监督|市场',
    '街办|居委会|村委会|社区|政府|办公室|委员会|团委|残联|妇联|工商联|总工会|工会|局|站|院|所|队|会|校|厂|店|社团|社',
    '志愿|社工|公益|慈善|协会|联合会|基金会|促进会|商会|学会|总会|组织|机构|团队|服务|救援|医疗|药店|药房|诊所|方舱|市|县|区|省|第[零一二三四五六七八九]{1,4}',
  ].join('|'),
  'gu',
);

/** What of a name is its own: 普仁 of 普仁医院, nothing of 第一人民医院. */
export function ownWords(core: string): string {
  return core.replace(GENERIC, '');
}

/** What of a name many have: the rest beside its own words. */
export function sharedWords(core: string): string {
  return (core.match(GENERIC) ?? []).join('');
}

/** What alone says nothing, even with a place before: 武昌医院 is no hospital of Wuchang district, it is its name. */
export function isHeadOnly(rest: string): boolean {
  return /^(?:总?医院|总院|大学|学院|学校|公司|中心|集团|局|会|站|社区|卫生院|社卫中心|基金会|协会)$/u.test(rest);
}

const HEAD =
  /(?:医院|妇幼院|卫生院|中心|基金会|红十字会|慈善会|协会|联合会|大学|学院|学校|小学|中学|公司|养老院|福利院|队|局|会|站|社)$/u;

/** What kind of body a name ends with; empty where it does not say. */
export function headOf(core: string): string {
  return HEAD.exec(core)?.[0] ?? '';
}
