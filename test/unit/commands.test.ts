import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const commands = [
  ...new Set(readFileSync(new URL('package.json', root), 'utf8').match(/(?<=node )cdk\/cli\/[a-z-]+\.ts/g)),
];

describe('every command', () => {
  it('is found in package.json', () => expect(commands.length).toBeGreaterThan(8));

  it.each(commands)('%s writes for its owner alone, whatever the umask', (path) => {
    const [first] = /^import .*$/m.exec(readFileSync(new URL(path, root), 'utf8')) ?? [];
    expect(first).toBe("import './begin.ts';");
  });
});
