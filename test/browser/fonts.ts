import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const require = createRequire(import.meta.url);
const WEIGHTS = ['400', '700'];
const SCRIPTS = ['chinese-simplified', 'latin'];

const Decompress = z.custom<(woff2: Uint8Array) => Promise<Uint8Array>>((value) => typeof value === 'function');

function configuration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
`;
}

/**
 * Fonts with Chinese characters for a browser that has none, as files it can read. Made once and kept with the other
 * caches of `node_modules`.
 * @returns the path for `FONTCONFIG_FILE`
 */
export async function chineseFonts(): Promise<string> {
  const source = join(dirname(require.resolve('@fontsource/noto-sans-sc/package.json')), 'files');
  const folder = join(source, '..', '..', '..', '.cache', 'jieli-fonts');
  const file = join(folder, 'fonts.conf');
  const wanted = WEIGHTS.flatMap((weight) => SCRIPTS.map((script) => `noto-sans-sc-${script}-${weight}-normal`));
  mkdirSync(folder, { recursive: true });
  const there = new Set(readdirSync(folder));
  if (wanted.some((name) => !there.has(`${name}.ttf`))) {
    const decompress = Decompress.parse(require('wawoff2').decompress);
    for (const name of wanted.filter((one) => !there.has(`${one}.ttf`))) {
      // two test runs may do this at once: each writes its own file and moves it into place
      const part = join(folder, `${name}.${process.pid}.part`);
      writeFileSync(part, await decompress(readFileSync(join(source, `${name}.woff2`))));
      renameSync(part, join(folder, `${name}.ttf`));
    }
  }
  const text = configuration(folder);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  return file;
}
