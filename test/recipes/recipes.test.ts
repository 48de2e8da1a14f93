import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfSources } from './copy.ts';
import { type Recipe, recipes, slips } from './recipes.ts';

const copy = copyOfSources();
const units = [...new Set(slips.map(({ red: [file] }) => file))];

/** What the local cloud says to a template with a resource of this type. */
const startsWith = (type: string) => `
  import { mkdtempSync, writeFileSync } from 'node:fs';
  import { readAssembly } from './cdk/local/template/assembly.ts';
  import { readTemplate } from './cdk/local/template/read-template.ts';
  const folder = mkdtempSync('assembly');
  const artifacts = { Jieli: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Jieli.json' } } };
  writeFileSync(folder + '/manifest.json', JSON.stringify({ artifacts }));
  writeFileSync(folder + '/Jieli.json', JSON.stringify({ Resources: { Hours: { Type: '${type}', Properties: {} } } }));
  const at = { region: 'eu-west-1', accountId: '123456789012', url: 'http://localhost', parameters: {}, secrets: {} };
  readTemplate(readAssembly(folder), at);
  console.log('starts');
`;

type Errors = Awaited<ReturnType<typeof copy.compile>>;
let begun: Errors;
let begunStart: string;
let done: Errors;

/** Each recipe's first step in one copy, then the others: the compiler looks at the whole twice. */
beforeAll(async () => {
  for (const { files, first } of recipes) {
    if (files) copy.add(files);
    for (const edit of first) copy.edit(edit);
  }
  [begun, begunStart] = await Promise.all([copy.compile(), copy.run(startsWith('AWS::SSM::Parameter'))]);
  for (const { rest, tests = [] } of recipes) for (const edit of [...rest, ...tests]) copy.edit(edit);
  done = await copy.compile();
}, 600_000);
afterAll(() => copy.remove());

/** The numbers that CONTRIBUTING.md gives for a recipe. */
function told({ name }: Recipe): { changed: string; added: string } {
  const rows = readFileSync('CONTRIBUTING.md', 'utf8').split('\n');
  const [, , changed = '', added = ''] = rows.find((row) => row.startsWith(`| ${name} |`))?.split('|') ?? [];
  return { changed: changed.trim(), added: added.trim() };
}

describe('a recipe', () => {
  it.each(recipes.filter(({ named }) => named.length > 0))(
    'for $name has the compiler name what the first step leaves undone',
    (recipe) => {
      for (const [file, words] of recipe.named) {
        const said = begun.flatMap(([named, error]) => (named === file ? [error] : []));
        expect(said.join('\n'), file).toMatch(words);
      }
    },
  );

  it.each(recipes)('for $name changes as many files as it says, and adds as many', (recipe) => {
    const changed = new Set([...recipe.first, ...recipe.rest].map(({ file }) => file)).size;
    const folder = join(import.meta.dirname, 'new', recipe.files ?? '-');
    const added = globSync('**/*.{ts,tsx}', { cwd: folder }).length;
    expect(told(recipe)).toEqual({ changed: String(changed), added: added === 0 ? '–' : String(added) });
  });
});

describe('all recipes, done whole', () => {
  it('compile', () => {
    expect(done).toEqual([]);
  });

  it('leave a start of the local cloud what it was, which names a resource that it does not know', async () => {
    expect(begunStart).toMatch(/does not have these resources:\s.*AWS::SSM::Parameter/);
    expect(await copy.run(startsWith('AWS::SSM::Parameter'))).toContain('starts');
  });

  it('leave the units green, but for those that name a slip that the compiler does not see', async () => {
    for (const { edit } of slips) copy.edit(edit);
    const failed = await copy.failing(units);
    const named = ([at, test]: (typeof failed)[number]) =>
      slips.some(({ red: [file, name] }) => at === file && name.test(test));
    expect(failed.filter((one) => !named(one))).toEqual([]);
    for (const {
      what,
      red: [file, name],
    } of slips)
      expect(
        failed.filter(([at, test]) => at === file && name.test(test)),
        what,
      ).not.toEqual([]);
  }, 600_000);
});
