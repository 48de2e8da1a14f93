import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Bundles, bundleFunctions, functionEntries } from '../../cdk/bundle.ts';
import { assemble } from '../../cdk/synth.ts';
import { said } from './template.ts';

describe('synthesizing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-synth-'));
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const assets = (directory: string) =>
    readdirSync(join(folder, directory)).filter((name) => name.startsWith('asset.'));
  const Sources = z.object({ sources: z.array(z.string()) });
  const sourcesOf = (asset: string) => Sources.parse(JSON.parse(read('first', asset, 'index.mjs.map'))).sources;
  const bundles: Bundles[] = [];
  beforeAll(async () => {
    for (const directory of ['first', 'second']) {
      const made = await bundleFunctions();
      bundles.push(made);
      assemble(said, join(folder, directory), made, { checked: false });
    }
  });
  afterAll(() => {
    for (const each of bundles) each.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('twice gives the same template and the same assets, so that deploying twice changes nothing', () => {
    expect(read('second', 'Jieli.template.json')).toBe(read('first', 'Jieli.template.json'));
    expect(assets('second')).toEqual(assets('first'));
    expect(assets('first')).toHaveLength(Object.keys(functionEntries).length);
  });

  it('ships one file a function with everything in it, and the map by which traces and debuggers name its sources', () => {
    for (const name of assets('first')) {
      expect(readdirSync(join(folder, 'first', name))).toEqual(['index.mjs', 'index.mjs.map']);
      const text = read('first', name, 'index.mjs');
      expect(text).toMatch(/export\s*\{[^}]*\bhandler\b[^}]*\}/);
      expect(text).toMatch(/\n\/\/# sourceMappingURL=index\.mjs\.map\n$/);
      expect(sourcesOf(name)).toContain('../shared/store/table.ts');
      // what a CommonJS package leaves behind that would look for a module at run time
      expect(text).not.toContain('Dynamic require of');
    }
  });

  it("carries zod's messages in English alone: those in its other languages made up a third of most functions", () => {
    const inputs = bundles.slice(0, 1).flatMap(({ metafile }) =>
      Object.entries(metafile.outputs).flatMap(([output, { inputs }]) =>
        Object.entries(inputs)
          .filter(([file, { bytesInOutput }]) => file.includes('zod/v4/locales/') && bytesInOutput > 0)
          .map(([file]) => `${file.slice(file.lastIndexOf('/') + 1)} in ${output.slice(output.lastIndexOf('/') + 1)}`),
      ),
    );
    expect(inputs.filter((each) => !each.startsWith('en.js '))).toEqual([]);
    expect(inputs).toHaveLength(Object.keys(functionEntries).length);
  });
});
