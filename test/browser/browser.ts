import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import type { Language } from '../../shared/domain/language.ts';
import { chineseFonts } from './fonts.ts';

/** A phone of 2015, and a window on a desk: in pixels. */
const viewports = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } } as const;

/** Pages are drawn by the processor itself: a graphics card that is only pretended takes half of what a story's browser needs. */
const WITHOUT_GPU = '--disable-gpu';
const pretendedGpu = /^--(use-gl|use-angle|enable-unsafe-swiftshader|ignore-gpu-blocklist)/;

/**
 * Launches Chromium with Chinese fonts: the one in `JIELI_CHROMIUM`, or the one that came as a package. Close it when
 * done.
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.JIELI_CHROMIUM;
  const env = { ...process.env, FONTCONFIG_FILE: await chineseFonts() };
  if (own && existsSync(own)) return chromium.launch({ executablePath: own, args: [WITHOUT_GPU], env });
  const { default: packaged } = await import('@sparticuz/chromium');
  // its path is asked for first: that unpacks its libraries and sets where they are
  const executablePath = await packaged.executablePath();
  // one process for everything, as Lambda needs it, does not outlive the first session that is closed
  const args = packaged.args.filter(
    (arg) => arg !== '--single-process' && arg !== '--no-zygote' && !pretendedGpu.test(arg),
  );
  const libraries = process.env.LD_LIBRARY_PATH;
  return chromium.launch({
    executablePath,
    args: [...args, WITHOUT_GPU],
    env: { ...env, ...(libraries && { LD_LIBRARY_PATH: libraries }), FONTCONFIG_FILE: env.FONTCONFIG_FILE },
  });
}

/** A fresh session of a reader: nothing remembered, the language asked for, the size of a phone or a desk. */
export function newReader(
  browser: Browser,
  options: { language?: Language; viewport?: keyof typeof viewports; javaScript?: boolean } = {},
): Promise<BrowserContext> {
  const { language = 'zh', viewport = 'desk', javaScript = true } = options;
  return browser.newContext({
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    viewport: viewports[viewport],
    javaScriptEnabled: javaScript,
  });
}
