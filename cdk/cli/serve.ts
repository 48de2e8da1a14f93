import { existsSync } from 'node:fs';
import { url as debuggerUrl, open as openDebugger } from 'node:inspector';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoPeople } from './demo/people.ts';
import { readPartiesFile } from './parties-file.ts';
import { fail, settings } from './settings.ts';
import { type Outside, startStack } from './stack.ts';

const { values } = parseArgs({
  options: {
    empty: { type: 'boolean', default: false },
    parties: { type: 'string' },
    inspect: { type: 'boolean', default: false },
  },
});

// where debuggers look by themselves; functions run in threads of this process
if (values.inspect && debuggerUrl() === undefined) openDebugger(9229, '127.0.0.1');

/** What an installation with a public address is started with; half of it is a mistake that must not go unnoticed. */
function outside(): Outside | undefined {
  const { JIELI_PUBLIC_URL, JIELI_OIDC_ISSUER, JIELI_OIDC_CLIENT_ID, JIELI_SMTP_URL, JIELI_MAIL_FROM } = process.env;
  if (!JIELI_PUBLIC_URL) return undefined;
  if (!JIELI_OIDC_ISSUER || !JIELI_OIDC_CLIENT_ID || !JIELI_SMTP_URL || !JIELI_MAIL_FROM) {
    return fail(
      'With JIELI_PUBLIC_URL there is no demo issuer and no mailbox: set JIELI_OIDC_ISSUER, JIELI_OIDC_CLIENT_ID, JIELI_SMTP_URL and JIELI_MAIL_FROM too.',
    );
  }
  return {
    publicUrl: JIELI_PUBLIC_URL,
    issuer: JIELI_OIDC_ISSUER,
    oidcClientId: JIELI_OIDC_CLIENT_ID,
    smtpUrl: JIELI_SMTP_URL,
    mailFrom: JIELI_MAIL_FROM,
    // the one that ends TLS
    trustedProxies: Number(process.env.JIELI_TRUSTED_PROXIES ?? 1),
  };
}

const begun = performance.now();
const { cloud } = await startStack({
  ...settings,
  demo: !values.empty,
  parties: values.parties === undefined ? undefined : readPartiesFile(values.parties),
  outside: outside(),
}).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));

console.log(`Jieli is ready: ${cloud.url}  (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
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

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void cloud.stop().then(() => process.exit(0));
  });
}
