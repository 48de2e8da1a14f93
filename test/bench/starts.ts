import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleFunctions } from '../../cdk/bundle.ts';
import { assemble } from '../../cdk/synth.ts';
import { localContext } from './local-context.ts';
import { type Figure, print } from './report.ts';
import { startRunningStack } from './running-stack.ts';
import { submissions } from './submissions.ts';

const MEGABYTE = 1024 * 1024;
/** Milliseconds for which an idle stack is watched. */
const IDLE = 10_000;

async function synthesisFigures(folder: string): Promise<Figure[]> {
  const timed = async (work: () => unknown) => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
  };
  let bundles: Awaited<ReturnType<typeof bundleFunctions>> | undefined;
  const bundling = await timed(async () => {
    bundles = await bundleFunctions();
  });
  const made = bundles;
  if (!made) return [];
  const write = (checked: boolean) =>
    timed(() => assemble(localContext(), join(folder, `checked-${checked}`), made, { checked }));
  // the first also loads what the second has then
  await write(false);
  const plain = await write(false);
  const checked = await write(true);
  made.dispose();
  return [
    { what: 'bundling the functions', value: bundling, unit: 's' },
    {
      what: 'the template, unchecked as at a start',
      value: plain,
      unit: 's',
      beside: { what: 'with cdk-nag and the rules', value: checked },
    },
  ];
}

/** Starts, what is done on the stack, and the memory and processor time of the whole. */
export async function starts(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-bench-'));
  const seconds = (milliseconds: number) => milliseconds / 1000;
  try {
    const empty = await startRunningStack(join(folder, 'empty'), { demo: false });
    print(
      await submissions(empty).catch(async (error: unknown) => {
        await empty.stop();
        throw error;
      }),
    );
    await empty.settle();
    const afterLoad = empty.memory();
    await empty.stop();

    const first = await startRunningStack(join(folder, 'demo'), { demo: true });
    await first.stop();
    const second = await startRunningStack(join(folder, 'demo'), { demo: true });
    await second.settle();
    await sleep(2_000);
    const before = second.processorTime();
    await sleep(IDLE);
    const used = second.processorTime() - before;
    const idle = second.memory();
    await second.stop();

    print({
      title: 'Starting and resting',
      figures: [
        { what: 'npm start -- --empty, new folder', value: seconds(empty.readyAfter), unit: 's', target: { most: 30 } },
        {
          what: 'npm start, new folder with forty days of demo story',
          value: seconds(first.readyAfter),
          unit: 's',
          target: { most: 60 },
        },
        { what: 'npm start, second time', value: seconds(second.readyAfter), unit: 's', target: { most: 30 } },
        ...(await synthesisFigures(folder)),
        { what: 'memory of the whole, idle with demo data', value: idle / MEGABYTE, unit: 'MB' },
        { what: 'memory of the whole after the load', value: afterLoad / MEGABYTE, unit: 'MB' },
        {
          what: 'processor, idle for ten seconds',
          value: (100 * used) / IDLE,
          unit: '% of a core',
          target: { most: 5 },
        },
      ],
      notes: ['The whole: the process, its threads and the table engine beside it; resident memory.'],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
