import { format } from 'node:util';
import type { LogLevel } from './messages.ts';

/** Takes one line of output; `message` may have several rows. `plain`: it went past the console. */
type Sink = (level: LogLevel, message: string, plain: boolean) => void;

const toText = (args: readonly unknown[]): string => {
  const [first] = args;
  if (args.length === 1 && typeof first === 'object' && first !== null && !(first instanceof Error)) {
    try {
      return JSON.stringify(first);
    } catch {
      return format(first);
    }
  }
  return format(...args);
};

/** Sends what the thread's console, standard output and standard error get to `sink`, with the level it has on Lambda. */
export function captureOutput(sink: Sink): void {
  const at =
    (level: LogLevel) =>
    (...args: unknown[]): void =>
      sink(level, toText(args), false);
  console.log = at('INFO');
  console.info = at('INFO');
  console.debug = at('DEBUG');
  console.trace = at('TRACE');
  console.warn = at('WARN');
  console.error = at('ERROR');
  const stream =
    (level: LogLevel) =>
    (chunk: unknown): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.isBuffer(chunk) ? chunk.toString('utf8') : String(chunk);
      for (const line of text.split('\n')) if (line !== '') sink(level, line, true);
      return true;
    };
  process.stdout.write = stream('INFO');
  process.stderr.write = stream('ERROR');
}
