import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

const root = dirname(dirname(import.meta.dirname));

/**
 * The commit that this checkout is at, for the page of operators; undefined where it is none. A container names its own in
 * `JIELI_COMMIT`.
 */
export function deployedCommit(): string | undefined {
  const named = process.env.JIELI_COMMIT || atHead();
  return named !== undefined && /^[0-9a-f]{7,40}$/.test(named) ? named : undefined;
}

function atHead(): string | undefined {
  try {
    // the checkout is often another user's, as in /opt
    const asked = ['-c', 'safe.directory=*', 'rev-parse', 'HEAD', '--show-prefix'];
    const [commit, within = ''] = execFileSync('git', asked, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).split(
      '\n',
    );
    // a copy within another project is not at that project's commit
    return within === '' ? commit : undefined;
  } catch {
    return undefined;
  }
}
