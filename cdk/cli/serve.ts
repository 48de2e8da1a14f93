import { existsSync } from 'node:fs';
import { url as debuggerUrl, open as openDebugger } from 'node:inspector';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LocalCloud } from '../local/index.ts';
import { demoPeople } from './demo/people.ts';
import { readOutside } from './outside.ts';
import { hubsWithoutContact, readPartiesFile } from './parties-file.ts';
import { Mistaken } from './problems.ts';
import { fail, MISTAKEN, settings } from './settings.ts';
import { type StackOptions, startStack } from './stack.ts';

const { values } = parseArgs({
  options: {
    empty: { type: 'boolean', default: false },
    parties: { type: 'string' },
    'remove-demo-members': { type: 'boolean', default: false },
    inspect: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  },
});

// where debuggers look by themselves; functions run in threads of this process
if (values.inspect && debuggerUrl() === undefined) openDebugger(9229, '127.0.0.1');

let running: LocalCloud | undefined;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    // before it is ready there is nothing to wait for: the next start goes on as after a kill
    if (running === undefined) process.exit(0);
    void running.stop().then(() => process.exit(0));
  });
}

const begun = performance.now();

function readChoices(): StackOptions {
  const outside = readOutside(process.env);
  const parties = values.parties === undefined ? undefined : readPartiesFile(values.parties);
  return {
    ...settings,
    demo: !values.empty,
    parties,
    outside,
    removeDemoMembers: values['remove-demo-members'],
  };
}
async function start() {
  const options = readChoices();
  return { options, ...(await startStack(options)) };
}
const { cloud, options } = await start().catch((error: unknown) =>
  fail(error instanceof Error ? error.message : String(error), error instanceof Mistaken ? MISTAKEN : 1),
);
running = cloud;

console.log(`Jieli is ready: ${cloud.url}  (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
for (const line of options.parties ? hubsWithoutContact(options.parties) : []) console.warn(line);
if (!process.env.JIELI_PUBLIC_URL) {
  console.log(`\nConsole ${cloud.url}/console · mailbox ${cloud.url}/mail · the stack itself ${cloud.url}/_aws`);
  console.log('\nWho can sign in (no password):');
  for (const { id, partyName, roles, name } of demoPeople.members) {
    console.log(`  ${id.padEnd(24)}${name} · ${partyName} · ${roles.join(', ')}`);
  }
  if (!values.empty && !existsSync(join(settings.dataDir, 'demo-story-told'))) {
    console.log(`\nThis data folder was begun without the demo story; for the demo, start with another JIELI_DATA.`);
  }
}
console.log('\nCtrl-C stops everything; the next start goes on where it was.');
// now, and not at the end: a process that is killed has no end
flushCompileCache();
if (values.watch) {
  const { followSources } = await import('./dev/follow-sources.ts');
  await followSources(cloud, options, console.log);
}
