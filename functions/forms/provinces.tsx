import type { Language } from '../../shared/domain/language.ts';

/** The provinces as relief lists name them (without 省 or 自治区), each with its English name. */
const provinces: Readonly<Record<string, string>> = {
  湖北: 'Hubei',
  北京: 'Beijing',
  天津: 'Tianjin',
  河北: 'Hebei',
  山西: 'Shanxi',
  内蒙古: 'Inner Mongolia',
  辽宁: 'Liaoning',
  吉林: 'Jilin',
  黑龙江: 'Heilongjiang',
  上海: 'Shanghai',
  江苏: 'Jiangsu',
  浙江: 'Zhejiang',
  安徽: 'Anhui',
  福建: 'Fujian',
  江西: 'Jiangxi',
  山东: 'Shandong',
  河南: 'Henan',
  湖南: 'Hunan',
  广东: 'Guangdong',
  广西: 'Guangxi',
  海南: 'Hainan',
  重庆: 'Chongqing',
  四川: 'Sichuan',
  贵州: 'Guizhou',
  云南: 'Yunnan',
  西藏: 'Tibet',
  陕西: 'Shaanxi',
  甘肃: 'Gansu',
  青海: 'Qinghai',
  宁夏: 'Ningxia',
  新疆: 'Xinjiang',
  香港: 'Hong Kong',
  澳门: 'Macao',
  台湾: 'Taiwan',
};

/** Suggestions for the province, so that it is written alike; any other name can be typed. */
export function Provinces({ language }: { readonly language: Language }) {
  return (
    <datalist id="provinces">
      {Object.entries(provinces).map(([name, english]) => (
        <option value={name}>{language === 'en' ? english : undefined}</option>
      ))}
    </datalist>
  );
}
