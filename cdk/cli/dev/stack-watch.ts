import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = dirname(dirname(dirname(import.meta.dirname)));
const run = promisify(execFile);

/** The sources that a command is made of. */
async function partsOf(command: string): Promise<ReadonlySet<string>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [command],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
    metafile: true,
    outdir: 'unused',
    logLevel: 'silent',
  });
  return new Set(Object.keys(metafile.inputs));
}

/** What runs beside the functions, and is there as it was when it was started. */
export interface StackWatch {
  /** A sentence for whoever changed these files when only another start has them; undefined when nothing is to be said. */
  verdict(files: readonly string[]): Promise<string | undefined>;
}

/** @param context what the running stack was synthesized with */
export async function watchStack(context: Readonly<Record<string, string>>): Promise<StackWatch> {
  const template = async () => {
    const args = [join(import.meta.dirname, 'template.ts'), JSON.stringify(context)];
    return (await run(process.execPath, args, { cwd: root })).stdout;
  };
  const [stack, command, begun] = await Promise.all([partsOf('cdk/app.ts'), partsOf('cdk/cli/serve.ts'), template()]);
  const again = 'Ctrl-C and start again to have it.';
  return {
    async verdict(files) {
      const [own] = files.filter((file) => file.startsWith('cdk/') && command.has(file) && !stack.has(file));
      if (own !== undefined) return `${own} is a part of what runs the stack: ${again}`;
      const touched = files.filter((file) => stack.has(file));
      if (touched.length === 0) return undefined;
      try {
        if ((await template()) === begun) return undefined;
        return `${touched.join(', ')}: the stack is another one than the one that runs: ${again}`;
      } catch (error) {
        return `${touched.join(', ')}: the stack cannot be synthesized:\n${error instanceof Error && 'stderr' in error ? error.stderr : error}`;
      }
    },
  };
}
