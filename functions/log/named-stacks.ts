import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Stack traces name the files and functions of the sources, not of the bundle. The bundle's map is read when the first trace is
 * asked for: Node's own flag would read and parse it at every cold start.
 *
 * Part of every bundle, before all else (`cdk/bundle.ts`).
 */

const bundle = import.meta.url;
let read: { readonly map: SourceMap; readonly lines: readonly string[] } | null | undefined;

function readBundle(): typeof read {
  if (read !== undefined) return read;
  const text = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');
  try {
    read = { map: new SourceMap(JSON.parse(text(`${bundle}.map`))), lines: text(bundle).split('\n') };
  } catch {
    // a trace that names the bundle is better than none
    read = null;
  }
  return read;
}

/** Where something of the bundle stands in the sources (`file:line:column`), and what it is called there. */
function sourceOf(line: number, column: number) {
  const entry = readBundle()?.map.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return undefined;
  const { originalSource, originalLine, originalColumn } = entry;
  return {
    at: `${originalSource.replace(/^(\.\.\/)+/, '')}:${originalLine + 1}:${originalColumn + 1}`,
    name: 'name' in entry && typeof entry.name === 'string' ? entry.name : undefined,
  };
}

/** What a function that the bundle calls `short` is called in the sources: its name stands close to where it begins. */
function nameOf(frame: NodeJS.CallSite, short: string): string {
  const line = frame.getEnclosingLineNumber?.() ?? 1;
  const begin = frame.getEnclosingColumnNumber?.() ?? 1;
  for (const distance of ['function '.length, 'async function '.length, -`${short}=`.length]) {
    if (!readBundle()?.lines[line - 1]?.startsWith(short, begin + distance - 1)) continue;
    const name = sourceOf(line, begin + distance)?.name;
    if (name !== undefined) return name;
  }
  return short;
}

Error.prepareStackTrace = (error, frames) => {
  const lines = frames.map((frame) => {
    if (frame.getFileName() !== bundle) return frame.toString();
    const at = sourceOf(frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1)?.at;
    if (at === undefined) return frame.toString();
    const short = frame.getFunctionName();
    return `${frame.isAsync() ? 'async ' : ''}${short ? `${nameOf(frame, short)} (${at})` : at}`;
  });
  return [error, ...lines].join('\n    at ');
};
