import type { Worker } from 'node:worker_threads';

/**
 * What a Node process holds on Lambda beside its heap and buffers (its code, stacks, the runtime): counted in, so that
 * a figure here is near the one that AWS would report and limit.
 */
const PROCESS_SHARE_BYTES = 45 * 1024 * 1024;
const EVERY_MS = 50;

/** The memory in MiB that a function with an isolate of `isolateBytes` would have used on AWS. */
export function usedMb(isolateBytes: number): number {
  return Math.ceil((PROCESS_SHARE_BYTES + isolateBytes) / (1024 * 1024));
}

/**
 * Looks at the memory of a worker at work, also while it does not return to its event loop. Resource limits leave
 * buffers out, so `exceeded` is called once when heap and buffers together pass `limitMb`. Gives back a function that
 * ends the watch and says the most it saw, in MiB.
 */
export function watchMemory(worker: Worker, limitMb: number, exceeded: () => void): () => number {
  let most = 0;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    const heap = await worker.getHeapStatistics().catch(() => undefined);
    if (heap === undefined || ended) return;
    most = Math.max(most, usedMb(heap.total_physical_size + heap.malloced_memory + heap.external_memory));
    if (most > limitMb) exceeded();
    else timer = setTimeout(look, EVERY_MS);
  };

  timer = setTimeout(look, EVERY_MS);
  return () => {
    ended = true;
    clearTimeout(timer);
    return most;
  };
}
