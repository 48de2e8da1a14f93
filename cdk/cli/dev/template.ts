/** Prints what the template of a context comes to, whatever is in the functions: `node cdk/cli/dev/template.ts CONTEXT`. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyBundles } from '../../bundle.ts';
import { assemble } from '../../synth.ts';

const [, , context = '{}'] = process.argv;
const outdir = mkdtempSync(join(tmpdir(), 'jieli-template-'));
const bundles = emptyBundles();
try {
  const { stacks } = assemble(JSON.parse(context), outdir, bundles, { checked: false });
  const hash = createHash('sha256');
  for (const { template } of stacks) hash.update(JSON.stringify(template));
  console.log(hash.digest('hex'));
} finally {
  bundles.dispose();
  rmSync(outdir, { recursive: true, force: true });
}
