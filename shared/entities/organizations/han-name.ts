import { placeNamed, provinceOfCity } from '../../domain/places.ts';
import { fold } from '../../domain/same/fold.ts';
import {
  isHeadOnly,
  oneOrdinal,
  oneWay,
  ownWords,
  partOf,
  sharedWords,
  wholeAfterOrdinal,
  withoutForm,
} from './han-words.ts';
import { type NameForm, takeBrackets } from './name-form.ts';
import { type LeadingPlace, type Level, leadingPlace, shortPlace, type Whereabouts } from './place.ts';

const DEPTH = { nation: 0, province: 1, city: 2, district: 3 } as const;
/** 市中心医院, 我县红十字会: the city or county that the body is in. */
const RELATIVE =
  /^(?:我|本|全)?([省市县区])(?=第|[一二三四五六七八九十][医院中]|人民|中医|中心|妇|红十字|慈善|疾|传染|精神|儿童|口腔|医院|急救|血站|卫|残|民政|教育|应急|志愿|社)/u;
const RELATIVE_LEVEL: Readonly<Record<string, Level>> = { 省: 'province', 市: 'city', 县: 'district', 区: 'district' };

interface Placed {
  readonly rest: string;
  readonly at: Whereabouts;
  readonly anchor?: NameForm['anchor'];
}

/** What the name says of its place goes before what was given. */
function withNamed(at: Whereabouts, { level, short }: Pick<LeadingPlace, 'level' | 'short'>): Whereabouts {
  switch (level) {
    case 'nation':
      return at;
    case 'province':
      return at.province === undefined || at.province === short ? { ...at, province: short } : { province: short };
    case 'city': {
      const province = provinceOfCity(short) ?? at.province;
      return at.city === undefined || at.city === short ? { ...at, province, city: short } : { province, city: short };
    }
    case 'district':
      return at.city === short || at.district === short ? at : { ...at, district: short };
  }
}

function takePlaces(name: string, given: Whereabouts): Placed {
  let placed: Placed = { rest: name, at: given };
  let reached = -1;
  for (;;) {
    const found = leadingPlace(placed.rest, given);
    const rest = found ? placed.rest.slice(found.length) : '';
    if (!found || rest.length < 2 || DEPTH[found.level] < reached) break;
    if (!found.isWhole && isHeadOnly(rest)) break;
    const isAbove =
      found.level === 'district' && (found.short === given.city || leadingPlace(rest, given)?.level === 'district');
    // 恩施市 lies in 恩施州
    const isBelow = found.level === 'city' && found.isWhole && placed.anchor?.short === found.short;
    const level = isAbove ? 'city' : isBelow ? 'district' : found.level;
    if (DEPTH[level] <= reached) break;
    reached = DEPTH[level];
    placed = {
      rest,
      at: withNamed(placed.at, { level, short: found.short }),
      anchor: { level, short: found.short, isState: found.isState },
    };
  }
  const [whole, relative] = RELATIVE.exec(placed.rest) ?? [];
  const level = relative === undefined ? undefined : RELATIVE_LEVEL[relative];
  if (whole === undefined || level === undefined || level === 'nation' || placed.anchor) return placed;
  const short = given[level];
  const rest = placed.rest.slice(whole.length);
  return { ...placed, rest, ...(short === undefined ? {} : { anchor: { level, short } }) };
}

/** 江汉大学附属普仁医院 is called 普仁医院, as 武汉大学中南医院 is called 中南医院. */
const AFFILIATED = /.(?:大学|学院|医大)(?:.{0,4}附属)?((?:(?!大学|学院|医大|附属).){2,}医院)$/u;
const CALLED = /^(?:简称|又名|又称|亦称|原名?|曾用名|现名?|即|挂牌|也叫)[:：]?/u;
/** What a name that stands in brackets ends in. */
const A_NAME = /(?:医院|卫生院|中心|公司|大学|学院|基金会|协会|红十字会|慈善会|联合会|学校|局|委员会|总院|妇幼院)$/u;
const ORDINAL = /第[零一二三四五六七八九]+/gu;

function formOf(name: string, given: Whereabouts, from: NameForm['from']): NameForm {
  const marked = wholeAfterOrdinal(oneOrdinal(oneWay(name.replace(/[\s“”"'‘’·•]/gu, ''))));
  const placed = takePlaces(marked, given);
  const part = partOf(wholeAfterOrdinal(oneOrdinal(placed.rest)));
  const core = withoutForm(part.body);
  return {
    script: 'han',
    core: fold(core),
    own: fold(ownWords(core)),
    shared: fold(sharedWords(core)),
    anchor: placed.anchor,
    at: placed.at,
    ordinals: (core.match(ORDINAL) ?? []).join(''),
    ...(part.branch === undefined ? {} : { branch: fold(part.branch) }),
    ...(part.department === undefined ? {} : { department: fold(part.department) }),
    words: [],
    from,
  };
}

/** A place that stands in brackets: 示例（武汉）科技有限公司. */
function placeIn(note: string, given: Whereabouts): Pick<LeadingPlace, 'level' | 'short'> | undefined {
  const named = placeNamed(note);
  const short = shortPlace(note);
  if (named === undefined) return short === given.city ? { level: 'city', short } : undefined;
  return { level: 'province' in named ? 'province' : 'city' in named ? 'city' : 'district', short };
}

/**
 * The ways in which a Chinese name names a body: itself; the names in its brackets; and what a hospital of a university is
 * called without the university.
 * @param plain as {@link plainName} leaves it
 * @param given where the body is said to be
 */
export function hanForms(plain: string, given: Whereabouts, from: 'name' | 'alias'): NameForm[] {
  const { bare, inside } = takeBrackets(plain);
  const notes = inside.map((note) => note.replace(CALLED, ''));
  const named = notes.flatMap((note) => placeIn(note, given) ?? [])[0];
  const at = named ? withNamed(given, named) : given;
  const first = formOf(bare, at, from);
  const main = named && !first.anchor ? { ...first, anchor: named } : first;
  const parts = notes.map((note) => partOf(`${'医院'.repeat(2)}${oneWay(note)}`));
  const branch = main.branch ?? parts.find((part) => part.branch)?.branch;
  const whole = branch === undefined ? main : { ...main, branch: fold(branch) };
  const others = notes.filter(
    (note) => note.length >= 4 && A_NAME.test(oneWay(note)) && !partOf(`医院医院${oneWay(note)}`).branch,
  );
  const all = [whole, ...others.map((note) => formOf(note, at, 'bracket'))];
  const affiliated = all.flatMap((form): NameForm[] => {
    const [, called] = AFFILIATED.exec(form.core) ?? [];
    if (called === undefined || ownWords(called).length < 2) return [];
    return [
      {
        ...form,
        core: called,
        own: ownWords(called),
        shared: sharedWords(called),
        anchor: undefined,
        from: 'affiliated',
      },
    ];
  });
  return [...all, ...affiliated];
}
