import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSpec } from '../template/blueprint.ts';
import { unzip } from './unzip.ts';

/** The folder with a function's code; what the assembly does not hold as a folder is unpacked into `folder`, once. */
export function codeFolder(code: CodeSpec, folder: string): string {
  if (code.kind === 'folder') return code.path;
  const content = code.kind === 'inline' ? code.text : readFileSync(code.path);
  const target = join(folder, createHash('sha256').update(content).digest('hex').slice(0, 32));
  if (existsSync(target)) return target;
  const unfinished = `${target}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  if (code.kind === 'inline') writeFileSync(join(unfinished, 'index.js'), code.text);
  else unzip(code.path, unfinished);
  renameSync(unfinished, target);
  return target;
}
