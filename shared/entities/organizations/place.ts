import { placeNamed, provinceOfCity } from '../../domain/places.ts';
import { fold } from '../../domain/same/fold.ts';
import { foldPlace } from '../../domain/text.ts';

/** Which part of the country a place is. A county, a district and a city below another city are all `district`. */
export type Level = 'nation' | 'province' | 'city' | 'district';

/** Where a body is, as far as it is known, each part by its short folded name: 湖北, 黄冈, 蕲春. */
export interface Whereabouts {
  readonly province?: string | undefined;
  readonly city?: string | undefined;
  readonly district?: string | undefined;
}

/** Zones that lie in several districts, and words for all of a city: they say nothing against a district. */
const NO_DISTRICT =
  /^(?:.{0,6}(?:高新|开发|经开|自贸|新技术|经济技术开发)(?:区|新区|技术.*)?|市辖区?|全市|市区|市直|城区|不详|无)$/;
/** English words around the name of a place. */
const AROUND = /\b(?:the|city|county|district|province|borough|town|municipality|metropolitan|of|council)\b/gi;

/** Peoples that an autonomous place is named after: 恩施土家族苗族自治州 is called 恩施. */
const PEOPLES = /(?<=^.{2,4}?)(?:\p{Script=Han}{1,4}族)+(?=自治[区州县旗])/u;

/** A place by its name alone: 湖北 for 湖北省, 蕲春 for 蕲春縣, leeds for "City of Leeds". */
export function shortPlace(written: string): string {
  const words = written.normalize('NFKC').replace(AROUND, ' ').replace(PEOPLES, '');
  return foldPlace(words.trim() === '' ? written : words);
}

function known(written: string | undefined): string | undefined {
  const short = written === undefined ? '' : shortPlace(written);
  return short === '' ? undefined : short;
}

/**
 * A place as a form or a sheet has it. A district that is only the city again is not known; one that is a city itself (天门
 * beside 宜昌) is the city; a known city tells its province.
 */
export function whereabouts(place: { province?: string; city?: string; district?: string }): Whereabouts {
  const district = (place.district ?? '').normalize('NFKC').trim();
  const isCity = provinceOfCity(district) !== undefined;
  const cityWritten = isCity && shortPlace(district) !== known(place.city) ? district : place.city;
  const city = known(cityWritten);
  const told = cityWritten === undefined ? undefined : provinceOfCity(cityWritten);
  const isNone = district === '' || isCity || NO_DISTRICT.test(district) || shortPlace(district) === city;
  return { province: told ?? known(place.province), city, district: isNone ? undefined : shortPlace(district) };
}

/** Countries that stand where others write a county or a state; folded. */
const NATIONS = new Set(
  ['UK', 'GB', 'England', 'Scotland', 'Wales', 'Great Britain', 'United Kingdom', 'China', 'PRC', 'USA'].map(fold),
);
const HAN = /\p{Script=Han}/u;

function differ(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  // Wuhan and 武汉 cannot be compared
  return HAN.test(a) === HAN.test(b);
}

/** Where two bodies cannot both be: the widest part of the country in which they differ; undefined when nothing says so. */
export function contradiction(a: Whereabouts, b: Whereabouts): Exclude<Level, 'nation'> | undefined {
  // a city is in one province of China, whatever was typed; elsewhere there are several of one name
  const isOneCity = a.city !== undefined && a.city === b.city && HAN.test(a.city);
  const isVague = [a.province, b.province].some((province) => province !== undefined && NATIONS.has(province));
  if (!isOneCity && !isVague && differ(a.province, b.province)) return 'province';
  if (differ(a.city, b.city)) return 'city';
  return differ(a.district, b.district) ? 'district' : undefined;
}

/** A place at the beginning of a name: how many characters it has there, which part of the country it is, and its short name. */
export interface LeadingPlace {
  readonly length: number;
  readonly level: Level;
  readonly short: string;
  /** whether the name says which part it is (蕲春县), and not the place alone (蕲春) */
  readonly isWhole: boolean;
  /** whether the ending is that of a prefecture (州, 盟, 地区), and not of a city or county; undefined without an ending */
  readonly isState?: boolean | undefined;
}

/** Cities whose names are words too, or parts of others: 东方医院 is in every city. */
const WORDS = new Set(
  '东方 中山 朝阳 安康 海东 海北 海西 海南 黄南 三明 和田 泰安 吉安 保山 文山 玉树 山南 阳泉 安顺 延安 来宾 兴安 红河 白银 金昌 大同 保定 长治 平凉 白山 吉林 新余'.split(
    ' ',
  ),
);
/** Words that end as places do: a community, a campus, a supermarket. */
const NO_PLACE =
  /(?:社|小|园|院|校|景|病|库|战|工业|厂|片|分|专|灾|营|牧|服务|开发|示范|保护|试验|产业|度假|矿)区$|^山区$|(?:都|超|夜|菜|股|上|门|集|楼|花)市$|..城市$|各[县区市]$/u;
const BY_ENDING = /^\p{Script=Han}{1,7}?(?:自治[县旗州]|[县区市盟])/u;
const STATE = /(?:州|盟|地区)$/u;
const PLACE_ENDING = /(?:特别行政区|自治[区州县旗]|地区|林区|[省市县区州盟旗])$/u;
/** What a city stands in and is no place of: 南京路, 武汉大学, 黄石港区. */
const NO_CITY_BEFORE = /^(?:[东西南北中]?[路街巷]|大道|港区|市场|.{0,6}(?:大学|医大|学院|师范|师专|高专))/u;

function isProvince(text: string): boolean {
  const named = placeNamed(text);
  return named !== undefined && 'province' in named;
}

function byTable(text: string): LeadingPlace | undefined {
  for (let length = Math.min(text.length - 1, 12); length >= 2; length -= 1) {
    const name = text.slice(0, length);
    const level = isProvince(name) ? 'province' : provinceOfCity(name) === undefined ? undefined : 'city';
    if (level === undefined) continue;
    const isWhole = PLACE_ENDING.test(name) && shortPlace(name) !== fold(name);
    if (!isWhole && (WORDS.has(name) || NO_CITY_BEFORE.test(text.slice(length)))) return undefined;
    return {
      length,
      level,
      short: shortPlace(name),
      isWhole,
      isState: isWhole && level === 'city' ? STATE.test(name) : undefined,
    };
  }
  return undefined;
}

function byEnding(text: string): LeadingPlace | undefined {
  const [name] = BY_ENDING.exec(text) ?? [];
  if (name === undefined || name.length < 2 || NO_PLACE.test(name) || name.length >= text.length) return undefined;
  if (/^市?(?:场|民|政|井|委|直|属)/u.test(text.slice(name.length - 1))) return undefined;
  return { length: name.length, level: 'district', short: shortPlace(name), isWhole: true, isState: false };
}

/**
 * The place that a Chinese name begins with. Provinces and cities are known by a table, with or without their ending; counties,
 * districts and towns with the rank of a city by their ending; and the place that the body is said to be in also without.
 */
export function leadingPlace(text: string, at: Whereabouts): LeadingPlace | undefined {
  if (/^(?:中国|中华人民共和国)./u.test(text)) {
    return { length: text.startsWith('中国') ? 2 : 7, level: 'nation', short: '中国', isWhole: true };
  }
  const [table, ending] = [byTable(text), byEnding(text)];
  // 长沙县 is one county, 黄冈麻城市 a city and one below it
  if (ending && (!table || (!table.isWhole && ending.length === table.length + 1))) return ending;
  if (table) return table;
  for (const level of ['district', 'city', 'province'] as const) {
    const short = at[level];
    if (
      short !== undefined &&
      short.length >= 2 &&
      text.startsWith(short) &&
      !NO_CITY_BEFORE.test(text.slice(short.length))
    ) {
      return { length: short.length, level, short, isWhole: false };
    }
  }
  return undefined;
}
