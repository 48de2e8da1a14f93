import { Language } from '../../shared/domain/language.ts';

/** The languages of an Accept-Language header, the most wanted first (RFC 9110, 12.5.4). */
function wanted(header: string): string[] {
  return header
    .split(',', 20)
    .map((range, place) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
      return { tag, place, quality: Number.isFinite(quality) ? quality : 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.place - b.place)
    .map(({ tag }) => tag);
}

/** The language to answer in: `?lang=`, then Accept-Language, then Chinese. */
export function languageOf(asked: string | undefined, header: string | undefined): Language {
  const named = Language.safeParse(asked);
  if (named.success) return named.data;
  for (const tag of wanted(header ?? '')) {
    const known = Language.safeParse(tag.split('-')[0]);
    if (known.success) return known.data;
  }
  return 'zh';
}
