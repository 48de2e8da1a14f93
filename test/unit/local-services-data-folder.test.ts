import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { DataFolderInUse, lockDataFolder } from '../../cdk/local/data-folder/lock.ts';
import { giveToOwner } from '../../cdk/local/data-folder/own-alone.ts';
import { controlKeyPath, readSecrets } from '../../cdk/local/data-folder/secrets.ts';
import { codeFolder } from '../../cdk/local/deployment/function-code.ts';
import { open, seal, sealedWith } from '../../cdk/local/kms/sealed.ts';

const root = mkdtempSync(join(tmpdir(), 'local-data-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the lock of a data folder', () => {
  test('lets one process in at a time', () => {
    const folder = join(root, 'locked');
    const release = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
    release();
    lockDataFolder(folder)();
  });

  test('of a process that is gone, or whose number another has got, is taken over', () => {
    const folder = join(root, 'stale');
    mkdirSync(folder);
    writeFileSync(join(folder, 'lock'), '4194999 1');
    lockDataFolder(folder)();
    writeFileSync(join(folder, 'lock'), `${process.ppid} 1`);
    lockDataFolder(folder)();
  });
});

test('secrets stay the same, differ from folder to folder, and are for the owner alone', () => {
  const [one, other] = ['one', 'other'].map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  });
  const secrets = readSecrets(one ?? '');
  expect(readSecrets(one ?? '')).toEqual(secrets);
  expect(readSecrets(other ?? '').controlKey).not.toBe(secrets.controlKey);
  expect(statSync(controlKeyPath(one ?? '')).mode & 0o777).toBe(0o600);
});

test('what root restores into the folder of a service is the service’s', () => {
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? 65_534 : statSync(root).uid;
  const [folder, outside] = [join(root, 'service'), join(root, 'outside')];
  mkdirSync(join(folder, 'dynamodb'), { recursive: true });
  writeFileSync(outside, '');
  writeFileSync(join(folder, 'dynamodb/engine.db'), '');
  symlinkSync(outside, join(folder, 'link'));
  if (isRoot) chownSync(folder, owner, owner);
  giveToOwner(folder);
  for (const name of ['dynamodb', 'dynamodb/engine.db', 'link']) expect(lstatSync(join(folder, name)).uid).toBe(owner);
  // nothing else is given away, even where a link leads there
  expect(statSync(outside).uid).toBe(process.getuid?.());
});

test('what a key closed only opens with the same context, unchanged, and names its key', () => {
  const by = { keyId: '2b6c5f0e-7a2e-4d0e-9d6c-1f6f9a3e2b11', material: 3 };
  const material = Buffer.alloc(32, 7);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, place) => {
      const sealed = seal(by, material, Buffer.from(bytes), { case: '1' });
      expect(sealedWith(sealed)).toEqual(by);
      expect(open(sealed, material, { case: '1' })).toEqual(Buffer.from(bytes));
      expect(() => open(sealed, material, { case: '2' })).toThrow('not valid');
      const changed = Buffer.from(sealed);
      const at = 1 + (place % (sealed.length - 1));
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open(changed, material, { case: '1' })).toThrow('not valid');
    }),
  );
});

test('code of a function in a zip file or in the template itself is unpacked once', () => {
  const zip = join(root, 'code.zip');
  // Two entries, one deflated and one stored, as `zip` writes them.
  writeFileSync(zip, Buffer.from(ZIP, 'base64'));
  const folder = codeFolder({ kind: 'zip', path: zip }, join(root, 'code'));
  expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe('exports.handler = async () => 1;\n'.repeat(3));
  expect(readFileSync(join(folder, 'lib', 'x.txt'), 'utf8')).toBe('x\n');
  expect(codeFolder({ kind: 'zip', path: zip }, join(root, 'code'))).toBe(folder);
  const inline = codeFolder({ kind: 'inline', text: 'exports.handler = 1' }, join(root, 'code'));
  expect(readFileSync(join(inline, 'index.js'), 'utf8')).toBe('exports.handler = 1');
});

const ZIP =
  'UEsDBBQAAAAIAAAAIVC2UWfTJgAAAGMAAAAIAAAAaW5kZXguanNLrSjILyop1stIzEvJSS1SsFVILK7MS1bQ0FSwtVMwtOZKpVgBAFBLAwQUAAAAAAAAACFQHwjqRgIAAAACAAAACQAAAGxpYi94LnR4dHgKUEsBAhQDFAAAAAgAAAAhULZRZ9MmAAAAYwAAAAgAAAAAAAAAAAAAAIABAAAAAGluZGV4LmpzUEsBAhQDFAAAAAAAAAAhUB8I6kYCAAAAAgAAAAkAAAAAAAAAAAAAAIABTAAAAGxpYi94LnR4dFBLBQYAAAAAAgACAG0AAAB1AAAAAAA=';
