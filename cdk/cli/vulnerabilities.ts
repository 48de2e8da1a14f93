import './begin.ts';
import { spawnSync } from 'node:child_process';
import { verdictOf } from './audit-report.ts';

/**
 * Asks the registry for known vulnerabilities. A grave one in what a Lambda bundles ends this with an error; others, and
 * those in tools, are told. A registry that cannot be reached, or does not answer such questions, is told too.
 */
function ask(about: string, args: readonly string[]) {
  const { stdout } = spawnSync('npm', ['audit', '--json', ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const verdict = verdictOf(stdout ?? '');
  if (!verdict.known) console.warn(`vulnerabilities: the registry does not say anything about ${about}`);
  else if (verdict.grave.length + verdict.slight.length === 0) console.log(`vulnerabilities: none known in ${about}`);
  else console.warn(`vulnerabilities in ${about}: ${[...verdict.grave, ...verdict.slight].join(', ')}`);
  return verdict;
}

const { grave } = ask('what functions bundle', ['--omit=dev', '--workspaces=false']);
ask('everything, tools included', []);
if (grave.length > 0) process.exit(1);
