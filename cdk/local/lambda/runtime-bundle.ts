import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Writes the workers' runtime to `file` as one piece of JavaScript: a thread that has to strip types from several files
 * needs twice as long to start.
 */
export async function writeRuntimeBundle(file: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('./runtime/worker.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'silent',
  });
}
