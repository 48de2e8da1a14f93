import { UnreadableFile } from './unreadable-file.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The text of one part of an archive, which is UTF-8; undefined when there is none of that name. */
export function partText(archive: ZipArchive, name: string): string | undefined {
  const bytes = archive.read(name);
  if (!bytes) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UnreadableFile('damaged', { cause });
  }
}
