import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HistoryEvent, paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';
import { createTeller } from '../../cdk/cli/demo/teller.ts';
import type { LocalCloud } from '../../cdk/local/index.ts';
import { functionCalls } from './function-calls.ts';
import { type HappyPath, happyPaths } from './happy-paths.ts';
import { prices } from './prices.ts';
import type { Figure, Section } from './report.ts';
import { startUnsweptStack } from './unswept-stack.ts';

/** What one case used from form to closing. */
interface Usage {
  readonly transitions: number;
  /** states in which a person was waited for */
  readonly asked: number;
  /** the most of them in such a stage beyond the task itself: until the next task, wait or end */
  readonly beyond: number;
  readonly reads: number;
  readonly writes: number;
  readonly calls: number;
  readonly gigabyteSeconds: number;
  readonly requests: number;
  readonly mails: number;
}

async function historyOf(cloud: LocalCloud, machineArn: string, caseId: string): Promise<HistoryEvent[]> {
  const client = new SFNClient({ endpoint: cloud.endpointUrl });
  const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${caseId}-1`;
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client }, { executionArn }))
    events.push(...(page.events ?? []));
  client.destroy();
  return events;
}

/** AWS bills each state that was entered, and each time it was tried again. */
function transitionsOf(events: readonly HistoryEvent[]): Pick<Usage, 'transitions' | 'asked' | 'beyond'> {
  const beyond: number[] = [];
  let transitions = 0;
  let tried = 0;
  let isStage = false;
  for (const { type, taskScheduledEventDetails: details } of events) {
    if (type === 'TaskStateEntered') tried = 0;
    const isTry = type === 'TaskScheduled' || type === 'LambdaFunctionScheduled';
    if (isTry) tried += 1;
    const counts = type?.endsWith('StateEntered') || (isTry && tried > 1);
    if (counts) transitions += 1;
    if (type === 'TaskScheduled' && tried === 1 && details?.resource?.endsWith('.waitForTaskToken')) {
      beyond.push(0);
      isStage = true;
    } else if (type === 'TaskStateEntered' || type === 'WaitStateEntered' || type === 'SucceedStateEntered') {
      isStage = false;
    } else if (counts && isStage) {
      beyond.push((beyond.pop() ?? 0) + 1);
    }
  }
  return { transitions, asked: beyond.length, beyond: Math.max(0, ...beyond) };
}

async function use(cloud: LocalCloud, dataDir: string, path: HappyPath): Promise<Usage> {
  const { advance, now } = cloud.clock;
  const teller = createTeller({ url: cloud.url, token: cloud.token, advance, now });
  const sent = () =>
    cloud
      .calls()
      // a mail asks for its sender's identity and for the configuration set: each is a call that is decided
      .filter(({ action, resource }) => action === 'ses:SendEmail' && resource.includes(':identity/'))
      .reduce((sum, { count }) => sum + count, 0);
  const counted = async () => {
    // the logs are written a moment later
    await sleep(1_000);
    return { ...(await cloud.consumed()), ...functionCalls(dataDir), mails: sent() };
  };
  await path.prepare?.(teller, now());
  const before = await counted();
  const { id } = await path.carry({ teller, advance, now });
  const after = await counted();
  const machine = `${path.kind.charAt(0).toUpperCase()}${path.kind.slice(1)}MachineArn`;
  return {
    ...transitionsOf(await historyOf(cloud, cloud.outputs[machine] ?? '', id)),
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
    calls: after.calls - before.calls,
    requests: after.requests - before.requests,
    gigabyteSeconds: after.gigabyteSeconds - before.gigabyteSeconds,
    mails: after.mails - before.mails,
  };
}

/** US dollars for a thousand such cases. */
function priceOf(usage: Usage): number {
  const lambda = usage.calls * prices.lambdaCall + usage.gigabyteSeconds * prices.gigabyteSecond;
  const table = usage.reads * prices.read + usage.writes * prices.write;
  const rest = usage.requests * prices.httpCall + usage.mails * prices.mail;
  return 1000 * (usage.transitions * prices.transition + table + lambda + rest);
}

function figuresOf(kind: string, usage: Usage): Figure[] {
  const { transitions, asked, beyond, reads, writes, calls, requests, mails } = usage;
  return [
    { what: `${kind}: state transitions, ${asked} of them people's tasks`, value: transitions },
    { what: `${kind}: most transitions in a human stage beyond the task`, value: beyond, target: { most: 2 } },
    { what: `${kind}: table writes`, value: writes, unit: 'units' },
    { what: `${kind}: table reads`, value: reads, unit: 'units' },
    { what: `${kind}: function calls, ${requests} of them by HTTP`, value: calls },
    { what: `${kind}: mails`, value: mails },
    {
      what: `${kind}: list price per 1,000 cases`,
      value: priceOf(usage),
      unit: 'USD',
      beside: { what: 'of it the transitions', value: 1000 * transitions * prices.transition },
    },
  ];
}

/** Carries a case of each kind from form to closing and counts what AWS would bill. */
export async function perCase(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jieli-bench-'));
  const cloud = await startUnsweptStack(dataDir);
  try {
    const figures: Figure[] = [];
    for (const path of happyPaths) figures.push(...figuresOf(path.kind, await use(cloud, dataDir, path)));
    return {
      title: 'One case from form to closing',
      figures,
      notes: [
        'Transitions: each state entered and each retry, from the execution’s history. Units: what the table engine says',
        'that it consumed, indexes included. Prices: us-east-1 without free tiers; function time as it took here. The hourly',
        'sweep, which costs the same however few cases there are, is left out: 720 a month, under a cent.',
      ],
    };
  } finally {
    await cloud.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
