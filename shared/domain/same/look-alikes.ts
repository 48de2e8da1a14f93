/**
 * Letters that look like another, in groups: first the letter that stands for all of them, then those that look like it. From
 * Unicode's confusables (UTS #39) and equivalent unified ideographs, for scripts in which organizations write their names:
 * Latin, Greek, Cyrillic, Armenian, Coptic, Cherokee, Lisu, Canadian syllabics to Latin letters; Katakana and radicals to
 * ideographs. Small letters, where capitals are alike too. Copyright © 1991-2023 Unicode, Inc., under the Unicode License v3.
 */
const GROUPS =
  '2ƨϩᒿꙅꝛ 3ȝɜʒзӡⳍꝫ 4ꮞ 5ƽ 6бⳓꮾ 8ȣ 9ⳋꝯ aɑαаᗅꓮꭺ bƅβвьᏼᖯᗷꓐꞵꮟ cсᴄⲥꓚꮯ dԁᑯᗞᗪꓒꓓꭰꮷ eεеҽꓰꬲꭼ fϝքᖴẝꓝꞙꬵ gƍɡԍցᏻᶃꓖꮐ ' +
  'hηнһհᕼⲏꓧꮋꮒ jʝϳјᒍꓙꭻ kκкⲕꓗꮶ l1iıǀɩɪιіӏᒪⲓⳑꓡꓲꙇꭵꮮ mμϻмᗰⲙꓟꮇ nνոռⲛꓠ o0οσоօᴏᴑⲟ〇ꓳꬽ pρрᑭⲣꓑꮲ qԛգզ rʀгᖇᴦⲅꓣꭇꭈꭱꮁꮢ ' +
  'sѕտꓢꜱꮥꮪ tτтⲧꓔꭲ uʋսᑌᴜꓴꞟꭎꭒ vѵᐯᴠꓦꮩ wɯѡԝաᴡꓪꮃꮤ xχхᕁᕽⲭꓫꭓ yɣʏγυуүᶌỿⲩꓬꭚꭹꮍ zζᴢꓜꮓ 㓁⺳ 㔾⺋ 丬⺦ 乙⺄ 乚⺃ 乛⺂ 亀⻲ 二ニ 亻⺅イ ' +
  '兀⺎ 八ハ 冂⺆ 冗⺴ 刀⺈ 刂⺉ 力カ 卜⺊ト 卤⻧ 厂⺁ 口ロ 夕タ 小⺌⺍ 尢⺐ 尣⺏ 工エ 巳⺒ 幺⺓ 彑⺔ 心⺗ 忄⺖ 扌⺘ 攵⺙ 斉⻫ 旡⺛ 日⺜ 月⺝ 歯⻭ 歺⺞ 民⺠ 氵⺡ 氺⺢ 灬⺣ ' +
  '爫⺤⺥ 牛⺧ 犭⺨ 王⺩ 目⺫ 示⺬ 礻⺭ 竜⻯ 糹⺯ 纟⺰ 罒⺲ 罓⺱ 羊⺶ 耂⺹ 聿⺻ 肀⺺ 肉⺼ 艹⺾⺿⻀ 虎⻁ 衤⻂ 西⻄ 覀⻃ 见⻅ 角⻆ 讠⻈ 贝⻉ 车⻋ 辶⻌⻍⻎ 邑⻏ 钅⻐ 長⻑ 镸⻒ ' +
  '长⻓ 门⻔ 阝⻖ 雨⻗ 青⻘ 韦⻙ 页⻚ 风⻛ 飞⻜ 食⻝ 飠⻟ 饣⻠ 马⻢ 骨⻣ 鬼⻤ 鱼⻥ 鸟⻦ 麦⻨ 黄⻩ 黾⻪ 齐⻬ 齿⻮ 龙⻰ 龜⻱ 𠘨⺇ 𡯂⺑ 𤴔⺪ 𥫗⺮ 𦉫⺵ 𦍋⺸ 𦍌⺷ 𦥑⺽ 𧢲⻇ ' +
  '𧾷⻊ 𨸏⻕ 𩙿⻞ 𩠐⻡ 𫜹⺕';

const standsFor = new Map(
  GROUPS.split(' ').flatMap((group) => {
    const [first = '', ...others] = group;
    return others.map((other) => [other, first] as const);
  }),
);

/** The letter that stands for all that look like this one. */
export function lookAlike(letter: string): string {
  return standsFor.get(letter) ?? letter;
}
