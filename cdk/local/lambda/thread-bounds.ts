import { availableParallelism } from 'node:os';

/** More threads than cores help calls that wait for something. */
const THREADS_PER_CORE = 16;
/** What a thread holds at work, measured on the functions of this stack: heap, code and buffers. */
const THREAD_BYTES = 90 * 1024 * 1024;
/** What the process needs beside its threads: the gateway, the services, the table engine's cache. */
const BASE_BYTES = 400 * 1024 * 1024;
/** With fewer, functions that call one another would wait for each other. */
const FEWEST = 4;

/**
 * How many threads all functions may have together: by cores, but no more than memory carries.
 * @param bytes what this process may still take: what the machine has free, or its control group leaves it
 */
export function mostThreads(bytes: number = process.availableMemory(), cores: number = availableParallelism()): number {
  const carried = Math.floor((bytes - BASE_BYTES) / THREAD_BYTES);
  return Math.max(FEWEST, Math.min(THREADS_PER_CORE * cores, carried));
}
