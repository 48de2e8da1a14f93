/** What relief logisticians sort goods by. Offers name a group; a line's group is found from its words. */
export const itemGroups = [
  'respirators',
  'masks',
  'protective-clothing',
  'eye-face-protection',
  'gloves',
  'caps-shoe-covers',
  'disinfectants',
  'medicines-tests',
  'equipment',
  'food-daily',
  'other',
] as const;
export type ItemGroup = (typeof itemGroups)[number];

/** First match wins: "防护口罩 N95" is a respirator before it is a mask; "防护帽" a cap before anything protective. */
const words: readonly (readonly [ItemGroup, RegExp])[] = [
  ['respirators', /n\s?95|kn\s?95|ffp[23]|防护口罩|respirator/i],
  ['masks', /口罩|mask/i],
  ['eye-face-protection', /护目|眼罩|防护眼镜|面罩|面屏|goggle|face\s?shield/i],
  ['caps-shoe-covers', /帽|鞋套|靴套|shoe|boot|\bcap/i],
  ['gloves', /手套|glove/i],
  ['protective-clothing', /防护服|隔离衣|手术衣|工作服|洗手衣|连体|gown|coverall|protective (clothing|suit)|apron/i],
  ['disinfectants', /消毒|酒精|84|洗手液|免洗|次氯酸|过氧|disinfect|sanitis|sanitiz|alcohol|bleach|soap/i],
  ['medicines-tests', /药|试剂|检测|胶囊|颗粒|注射|病毒灵|medicine|drug|test kit|reagent/i],
  ['equipment', /机|仪|器|监护|体温|氧|床|泵|车|ventilator|monitor|thermometer|oxygen|pump|machine|bed/i],
  ['food-daily', /食|水|饭|奶|米|面|蔬|果|被|毯|纸尿|food|rice|water|milk|blanket|vegetable/i],
];

/** The group that an item as people name it belongs to. */
export function itemGroup(item: string): ItemGroup {
  const text = item.normalize('NFKC');
  return words.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}
