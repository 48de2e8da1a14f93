import { readSheets, UnreadableFile } from '../../shared/spreadsheet/index.ts';
import { costlyWorkbooks, repeated, textsOf } from '../unit/costly-files.ts';
import type { Section } from './report.ts';

const CHARACTERS = [',', ';', '\t', '\n', '\r', '"', ' ', 'a', '，'];
const SHOWN = 4;

/** Seconds of a processor until a file was read or refused. */
async function costOf(bytes: Uint8Array): Promise<number> {
  const begun = process.cpuUsage();
  try {
    await readSheets(bytes);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

async function worst(files: Iterable<readonly [name: string, make: () => Uint8Array]>) {
  const costs: { name: string; seconds: number }[] = [];
  for (const [name, make] of files) costs.push({ name, seconds: await costOf(make()) });
  return costs.sort((a, b) => b.seconds - a.seconds).slice(0, SHOWN);
}

/**
 * What the costliest uploads cost: 4 MB of any one to three characters, and XLSX files that are full of one thing.
 * @param longest of the texts that CSV files repeat
 */
export async function uploads(longest = 3): Promise<Section> {
  const texts = textsOf(CHARACTERS, longest).map((text) => [JSON.stringify(text), () => repeated(text)] as const);
  const figures = (kind: string, found: Awaited<ReturnType<typeof worst>>) =>
    found.map(({ name, seconds }) => ({
      what: `${kind} full of ${name}`,
      value: seconds,
      unit: 's',
      target: { most: 1 },
    }));
  return {
    title: 'The costliest uploads of 4 MB, by the processor',
    figures: [...figures('CSV', await worst(texts)), ...figures('XLSX', await worst(Object.entries(costlyWorkbooks)))],
    notes: [`of ${texts.length} CSV files and ${Object.keys(costlyWorkbooks).length} XLSX files`],
  };
}
