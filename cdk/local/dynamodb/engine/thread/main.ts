import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { installClock } from '../../../clock/local-date.ts';
import { openEngine } from '../engine.ts';
import type { FromThread, NumberedRequest, ThreadStart, ToThread } from './messages.ts';

/** The most calls, and characters of their bodies, that are done together. */
const MOST_CALLS = 64;
const MOST_CHARACTERS = 16 * 1024 * 1024;

if (parentPort === null) throw new Error('The table engine runs in a thread of its own.');
const port = parentPort;
const { clock, ...options }: ThreadStart = workerData;
if (clock !== undefined) installClock(clock);
const engine = openEngine(options);

const tell = (message: FromThread): void => port.postMessage(message);

/** Does a call and all that have come meanwhile: while one group goes to the disk the next one gathers. */
function take(first: ToThread): void {
  const group: NumberedRequest[] = [];
  let characters = 0;
  let next: ToThread | undefined = first;
  while (next !== undefined && 'id' in next) {
    group.push(next);
    characters += next.body.length;
    if (group.length === MOST_CALLS || characters > MOST_CHARACTERS) next = undefined;
    else next = receiveMessageOnPort(port)?.message;
  }
  if (group.length > 0) {
    const answers = engine.answer(group).map((answer, at) => ({ ...answer, id: group[at]?.id ?? 0 }));
    tell({ answers });
  }
  if (next === undefined || 'id' in next) return;
  engine.close();
  port.close();
}

port.on('message', take);
tell({ begun: engine.said });
