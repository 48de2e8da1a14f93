import { describe, expect, it } from 'vitest';
import { type KnownBy, likenessOf } from '../../shared/entities/organizations/likeness.ts';
import { lookUpKeys, MOST_KEYS } from '../../shared/entities/organizations/look-up-keys.ts';
import { type Match, matchOrganizations } from '../../shared/entities/organizations/match.ts';
import { hanBodies, latinBodies } from '../fixture/organizations/bodies.ts';
import { hubei } from '../fixture/organizations/hubei.ts';
import { hanSpellings, latinSpellings, type Spelling } from '../fixture/organizations/spellings.ts';

const at = (province: string, city: string, district = '') => ({ province, city, district });
const match = (a: KnownBy, b: KnownBy): Match => matchOrganizations(likenessOf(a), likenessOf(b));
const named = (a: string, b: string) => match({ name: a }, { name: b });

function spelt(bodies: readonly KnownBy[], spellings: readonly Spelling[]) {
  return bodies.flatMap((body) =>
    spellings.flatMap((spelling) => {
      const other = spelling.as(body);
      return other ? [{ spelling, body, other, found: match(body, other) }] : [];
    }),
  );
}

function pairsOf<T>(all: readonly T[]): (readonly [T, T])[] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other] as const));
}

const lists = [
  { in: 'Chinese', bodies: hanBodies, spellings: hanSpellings },
  { in: 'English', bodies: latinBodies, spellings: latinSpellings },
] as const;

describe.each(lists)('bodies in two spellings, in $in', ({ bodies, spellings }) => {
  const all = spelt(bodies, spellings);

  it('are tried in every class of variation', () => {
    const tried = new Set(all.map(({ spelling }) => spelling.of));
    expect(spellings.map((one) => one.of).filter((of) => !tried.has(of))).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
  });

  it('are found by their names alone: nine of ten at least are probable', () => {
    const sure = all.filter(({ spelling }) => !spelling.isNear);
    const found = sure.filter(({ found: { verdict } }) => verdict === 'probable');
    expect(found.length / sure.length).toBeGreaterThanOrEqual(0.95);
    expect(sure.filter(({ found: { verdict } }) => verdict === 'different').map(({ other }) => other.name)).toEqual([]);
  });

  it('are possible and no more where a name is near, or a branch', () => {
    const near = all.filter(({ spelling }) => spelling.isNear);
    expect(near.length).toBeGreaterThan(5);
    expect(near.filter(({ found }) => found.verdict !== 'possible').map(({ other }) => other.name)).toEqual([]);
  });

  it('are the same by their number, however the name is spelt', () => {
    const registrations = [{ scheme: 'CN-USCC', number: '91350100M000100Y43' }];
    const found = all.map(({ body, other }) => match({ ...body, registrations }, { ...other, registrations }).verdict);
    expect(found.filter((verdict) => verdict === 'same').length / all.length).toBeGreaterThanOrEqual(0.95);
  });

  it('are found by the keys of a record, with few reads', () => {
    const missed = all.filter(({ body, other, found }) => {
      const written = new Set(lookUpKeys(likenessOf(body)).written);
      return found.verdict !== 'different' && !lookUpKeys(likenessOf(other)).read.some((key) => written.has(key));
    });
    expect(missed.map(({ other }) => other.name)).toEqual([]);
    const keys = all.map(({ other }) => lookUpKeys(likenessOf(other)));
    expect(Math.max(...keys.map(({ written }) => written.length))).toBeLessThanOrEqual(20);
    expect(Math.max(...keys.map(({ read }) => read.length))).toBeLessThanOrEqual(25);
    expect(keys.reduce((sum, { read }) => sum + read.length, 0) / keys.length).toBeLessThan(13);
  });

  it('are not taken for others: at most one of fifty different bodies', () => {
    const pairs = pairsOf(bodies).map(([a, b]) => ({ names: `${a.name} ~ ${b.name}`, ...match(a, b) }));
    expect(
      pairs.filter(({ verdict }) => verdict === 'same' || verdict === 'probable').map(({ names }) => names),
    ).toEqual([]);
    // counted against the bodies and not against all pairs, of which nearly all are far apart
    const touched = pairs.filter(({ verdict }) => verdict !== 'different');
    expect(touched.length / bodies.length).toBeLessThanOrEqual(0.02);
  });
});

describe('a real list', () => {
  const proposed = pairsOf(hubei).flatMap(([a, b]) => {
    const { verdict } = match(a, b);
    return verdict === 'different' ? [] : [`${verdict} ${a.name} ~ ${b.name}`];
  });

  it('has hospitals in two spellings, and each pair is proposed', () => {
    expect(proposed.sort()).toEqual([
      'possible 华中科技大学同济医学院附属协和医院 ~ 武汉协和医院肿瘤中心',
      'possible 武汉协和医院肿瘤中心 ~ 武汉协和医院',
      'possible 武汉大学人民医院 ~ 武汉大学人民医院东院',
      'possible 葛洲坝中心医院 ~ 国药葛洲坝中心医院',
      'possible 蕲春县人民医院 ~ 湖北省蕲春县医院',
      'probable 华中科技大学同济医学院附属协和医院 ~ 武汉协和医院',
      'probable 宜昌市仁和医院(三峡大学附属仁和医院) ~ 三峡大学附属仁和医院',
      'probable 武汉同济医院 ~ 华中科技大学同济医学院附属同济医院',
      'probable 武汉市武昌医院 ~ 武昌医院',
      'probable 武汉市汉口医院 ~ 武汉汉口医院',
      'probable 黄冈市黄州区康泰精神病医院 ~ 康泰精神病医院',
    ]);
  });

  it('has many red-cross offices and county hospitals, and none is proposed for another', () => {
    expect(hubei.filter(({ name }) => name.includes('红十字会')).length).toBeGreaterThan(8);
    expect(proposed.filter((pair) => /红十字|慈善/.test(pair))).toEqual([]);
  });
});

describe('what contradicts keeps two bodies two', () => {
  it.each([
    [
      'one name in two districts',
      '示例慈善会',
      at('湖北', '武汉市', '江岸区'),
      '示例慈善会',
      at('湖北', '武汉市', '武昌区'),
    ],
    [
      'red-cross offices of two districts',
      '红十字会',
      at('湖北', '武汉', '江岸'),
      '红十字会',
      at('湖北', '武汉', '武昌'),
    ],
    [
      'hospitals of two counties',
      '人民医院',
      at('湖北', '黄冈市', '红安县'),
      '县人民医院',
      at('湖北', '黄冈市', '罗田县'),
    ],
    ['one name in two cities', '爱心志愿者协会', at('湖北', '武汉市'), '爱心志愿者协会', at('湖北', '黄冈市')],
    [
      'a city and its district',
      '武汉市红十字会',
      at('湖北', '武汉市', '江岸区'),
      '江岸区红十字会',
      at('湖北', '武汉市', '江岸区'),
    ],
    ['a church of two towns', "St Mary's Church", at('Kent', 'Dover'), "St Mary's Church", at('Kent', 'Deal')],
  ])('%s', (_, name, place, other, elsewhere) => {
    expect(match({ name, place }, { name: other, place: elsewhere }).verdict).toBe('different');
  });

  it.each([
    ['湖北省红十字会', '武汉市红十字会'],
    ['武汉市第九医院', '武汉市第八医院'],
    ['武汉市红十字会', '武汉市红十字会医院'],
    ['武汉协和医院', '北京协和医院'],
    ['恩施州中心医院', '恩施市中心医院'],
    ['武汉大学', '武汉理工大学'],
    ['中南大学湘雅医院', '中南大学湘雅二医院'],
    ['蓝天救援队', '蓝天救援基金会'],
    ['示例公司武汉分公司', '示例公司长沙分公司'],
    ['刘河镇卫生院', '漕河镇卫生院'],
    ['Citizens Advice Leeds', 'Citizens Advice Bradford'],
    ['1st Leeds Scout Group', '2nd Leeds Scout Group'],
    ['Oxley Relief GB', 'Oxley Relief America'],
    ['Hill Primary School', 'Friends of Hill Primary School'],
    ['Oak Trust (UK)', 'Elm Trust (UK)'],
  ])('%s and %s', (a, b) => {
    expect(named(a, b).verdict).toBe('different');
  });

  it('two numbers in one register are two bodies; one that was registered anew is possible', () => {
    const [one, other] = ['GB-CHC', 'GB-CHC'].map((scheme, index) => [{ scheme, number: `100000${index + 1}` }]);
    expect(match({ name: 'Elm Trust', registrations: one }, { name: 'Oak Trust', registrations: other }).verdict).toBe(
      'different',
    );
    expect(match({ name: 'Elm Trust', registrations: one }, { name: 'The Elm Trust', registrations: other })).toEqual({
      verdict: 'possible',
      reasons: ['name', 'other-number'],
    });
  });
});

describe('what is known beside the name', () => {
  const a = { name: '晨光社工站', place: at('湖北', '武汉市') };
  const b = { name: '启明助学团', place: at('湖北', '武汉市') };

  it.each([
    ['telephone', { telephones: ['027-00000001'] }, { telephones: ['+86 27 0000 0001 转8'] }],
    ['telephone', { telephones: ['00000001'] }, { telephones: ['联系电话：027-00000001'] }],
    ['mail', { mails: ['Desk+jieli@example.org'] }, { mails: ['desk@example.org'] }],
    ['address', { addresses: ['武汉市解放路12号3楼'] }, { addresses: ['解放路 12 号 3 楼'] }],
  ])('one %s makes two names possible', (reason, one, other) => {
    expect(match({ ...a, ...one }, { ...b, ...other })).toEqual({ verdict: 'possible', reasons: [reason] });
    const written = lookUpKeys(likenessOf({ ...a, ...one })).written;
    expect(lookUpKeys(likenessOf({ ...b, ...other })).read.some((key) => written.includes(key))).toBe(true);
  });

  it('one telephone in two districts does not', () => {
    const elsewhere = [at('湖北', '武汉市', '江岸区'), at('湖北', '武汉市', '武昌区')].map((place) => ({
      name: '红十字会',
      place,
      telephones: ['027-00000001'],
    }));
    const [one, other] = elsewhere;
    expect(one && other && match(one, other).verdict).toBe('different');
  });

  it('a number says the same of two names, and that they differ', () => {
    const registrations = [{ scheme: 'GB-CHC', number: '1000001' }];
    expect(match({ name: 'Elm Trust', registrations }, { name: 'Sycamore Fund', registrations })).toEqual({
      verdict: 'same',
      reasons: ['number', 'name-differs'],
    });
  });

  it('the code that a body had before stands in its later one', () => {
    const later = { name: '甲', registrations: [{ scheme: 'CN-USCC', number: '91350100M000100Y43' }] };
    const before = { name: '乙', registrations: [{ scheme: 'CN-ORGC', number: 'M000100Y4' }] };
    expect(match(later, before).verdict).toBe('same');
  });

  it('another name of a record is as good as its first', () => {
    const record = { name: '中国示例志愿组织', aliases: ['Lantern Volunteers'] };
    expect(match(record, { name: 'The Lantern Volunteers Ltd' }).verdict).toBe('probable');
  });

  it('a name of any length has a bounded number of keys', () => {
    const long = {
      name: Array.from({ length: 40 }, (_, index) => `Word${index}`).join(' '),
      aliases: Array.from({ length: 20 }, (_, index) => `别名示例${index}医院`),
    };
    expect(lookUpKeys(likenessOf(long)).written.length).toBeLessThanOrEqual(MOST_KEYS);
  });
});
