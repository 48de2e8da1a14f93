import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { Language } from '../../shared/domain/language.ts';

const COOKIE = 'lang';
const YEAR = 365 * 86_400;

function accepted(header: string): Language | undefined {
  const wanted = header.split(',').map((part) => {
    const [range = '', ...params] = part.trim().toLowerCase().split(';');
    const quality = Number(/^\s*q=([\d.]+)/.exec(params.join(';'))?.[1] ?? 1);
    return { language: Language.safeParse(range.split('-')[0]).data, quality };
  });
  const known = wanted.filter((choice) => choice.language !== undefined && choice.quality > 0);
  return known.sort((a, b) => b.quality - a.quality)[0]?.language;
}

/** The reader's language: `?lang=`, then the cookie, then Accept-Language, then Chinese. */
export function languageOf(c: Context): Language {
  return (
    Language.safeParse(c.req.query('lang')).data ??
    Language.safeParse(getCookie(c, COOKIE)).data ??
    accepted(c.req.header('accept-language') ?? '') ??
    'zh'
  );
}

/** Keeps the language for the next pages. */
export function keepLanguage(c: Context, language: Language): void {
  setCookie(c, COOKIE, language, { path: '/', maxAge: YEAR, httpOnly: true, sameSite: 'Lax' });
}

/** Remembers a language chosen by `?lang=`. */
export function rememberLanguage(): MiddlewareHandler {
  return async (c, next) => {
    const chosen = Language.safeParse(c.req.query('lang')).data;
    await next();
    if (chosen) keepLanguage(c, chosen);
  };
}
