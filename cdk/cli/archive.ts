import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readdirSync, renameSync, rmSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Decrypter, Encrypter } from 'age-encryption';

/** The first bytes of what age has encrypted. */
const AGE = 'age-encryption.org/v1';

/** Whether a public key is one that an archive can be encrypted to. */
export function isRecipient(key: string): boolean {
  try {
    new Encrypter().addRecipient(key);
    return true;
  } catch {
    return false;
  }
}

/**
 * Packs all that is in a folder into one file, encrypted to the owner of a public key of age if one is given. The file is there
 * when it is whole and on disk, or not at all.
 */
export async function writeArchive(folder: string, file: string, recipient: string | undefined): Promise<void> {
  const part = `${file}.part`;
  // the folder's own mode is no member: it would be given to the folder that is restored into
  const tar = spawn('tar', ['-czf', '-', '-C', folder, ...readdirSync(folder)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = endOf('tar', tar);
  try {
    const out = createWriteStream(part, { mode: 0o600, flush: true });
    await Promise.all([pipeline(await sealed(tar.stdout, recipient), out), ended]);
    renameSync(part, file);
  } catch (error) {
    tar.kill();
    await ended.catch(() => undefined);
    rmSync(part, { force: true });
    throw error;
  }
}

/** Unpacks an archive into an empty folder, for its owner alone. Throws for one that is encrypted and no identity opens. */
export async function readArchive(file: string, folder: string, identities: readonly string[]): Promise<void> {
  const packed = await unsealed(file, identities);
  const tar = spawn('tar', ['-xzf', '-', '--no-same-owner', '--no-same-permissions', '-C', folder], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = endOf('tar', tar);
  const packing = pipeline(packed, tar.stdin);
  // who ended first says what is wrong: tar when it is no archive, age when it is not what was encrypted
  const [opened, unpacked] = await Promise.allSettled([packing, ended]);
  for (const each of [unpacked, opened]) if (each.status === 'rejected') throw each.reason;
}

/** Whether an archive is encrypted. */
export async function isSealed(file: string): Promise<boolean> {
  let head = '';
  for await (const chunk of createReadStream(file, { end: AGE.length - 1, encoding: 'latin1' })) head += chunk;
  return head === AGE;
}

async function sealed(plain: Readable, recipient: string | undefined): Promise<Readable> {
  if (recipient === undefined) return plain;
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Readable.from(await encrypter.encrypt(webStream(plain)));
}

async function unsealed(file: string, identities: readonly string[]): Promise<Readable> {
  const plain = createReadStream(file);
  if (!(await isSealed(file))) return plain;
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  return Readable.from(await decrypter.decrypt(webStream(plain)));
}

/** The same bytes as a stream of the web's, which is what age takes. */
function webStream(readable: Readable): ReadableStream<Uint8Array> {
  const { readable: out, writable } = new TransformStream<Uint8Array, Uint8Array>();
  // whoever reads the other end hears of what goes wrong
  pipeline(readable, Writable.fromWeb(writable)).catch(() => undefined);
  return out;
}

async function endOf(name: string, child: ReturnType<typeof spawn>): Promise<void> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name}: ${complaint.trim() || `ended with ${code}`}`);
}
