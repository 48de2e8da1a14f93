import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds without a change after which those that came are told together: editors write a file in several steps. */
const QUIET = 50;

/**
 * Tells which files below some folders were written, made, renamed or removed, those that change together at once. Each folder
 * is watched by itself: many editors put a new file in the place of the old one, which a watcher of the file would lose.
 * @param folders below `root`
 * @param changed takes paths from `root`; what comes while it works is told when it has ended
 * @returns ends it
 */
export function watchFolders(
  root: string,
  folders: readonly string[],
  changed: (files: readonly string[]) => Promise<void>,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();

  const tell = (): void => {
    working = working.then(async () => {
      const files = [...waiting].sort();
      waiting.clear();
      if (files.length > 0) await changed(files);
    });
  };
  const forget = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const hear = (file: string): void => {
    if (statSync(join(root, file), { throwIfNoEntry: false })?.isDirectory()) {
      add(file);
      return;
    }
    waiting.add(file);
    clearTimeout(timer);
    timer = setTimeout(tell, QUIET);
  };
  const add = (folder: string): void => {
    if (watchers.has(folder)) return;
    const watcher = watch(join(root, folder), (_, name) => {
      if (name !== null) hear(join(folder, name));
    });
    watcher.on('error', () => forget(folder));
    watchers.set(folder, watcher);
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.isDirectory()) add(join(folder, entry.name));
    }
  };

  for (const folder of folders) add(folder);
  return () => {
    clearTimeout(timer);
    for (const folder of [...watchers.keys()]) forget(folder);
  };
}
