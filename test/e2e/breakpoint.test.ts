import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { freePort } from './free-port.ts';

const root = dirname(dirname(import.meta.dirname));
const SOURCE = join(root, 'functions/site/pages/home.tsx');
const Message = z.object({ id: z.number().optional(), method: z.string().optional(), params: z.json().optional() });
const Worker = z.object({ sessionId: z.string() });
const Received = z.object({ sessionId: z.string(), message: z.string() });
const Parsed = z.object({ url: z.string(), sourceMapURL: z.string() });
const Paused = z.object({ hitBreakpoints: z.array(z.string()) });

const dataDir = mkdtempSync(join(tmpdir(), 'jieli-breakpoint-'));
let stack: ChildProcess;
let debuggerUrl = '';
let url = '';

beforeAll(async () => {
  const port = await freePort();
  url = `http://localhost:${port}`;
  // as `npm start -- --inspect`, at a port that is free
  stack = spawn(process.execPath, ['--inspect=127.0.0.1:0', 'cdk/cli/start.ts', '--empty', '--inspect'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), JIELI_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      debuggerUrl = /ws:\/\/\S+/.exec(said)?.[0] ?? '';
      if (said.includes('Jieli is ready') && debuggerUrl !== '') resolve();
    };
    stack.stdout?.on('data', hear);
    stack.stderr?.on('data', hear);
    stack.once('exit', () => reject(new Error(said)));
  });
});
afterAll(async () => {
  stack.kill('SIGKILL');
  if (stack.exitCode === null && stack.signalCode === null) await once(stack, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
});

/** Where a debugger sets a breakpoint that is asked for in a line of a source, found as it does: by the bundle's map. */
function placeInBundle({ url: bundle, sourceMapURL }: z.output<typeof Parsed>, source: string, text: string) {
  const original = readFileSync(source, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text));
  const payload = JSON.parse(readFileSync(fileURLToPath(new URL(sourceMapURL, bundle)), 'utf8'));
  const { sources, sourceRoot } = z.object({ sources: z.array(z.string()), sourceRoot: z.string() }).parse(payload);
  const named = sources.find((each) => new URL(each, sourceRoot).href === pathToFileURL(source).href);
  const map = new SourceMap(payload);
  for (const [lineNumber, line] of readFileSync(fileURLToPath(bundle), 'utf8').split('\n').entries()) {
    for (let columnNumber = 0; columnNumber < line.length; columnNumber++) {
      const entry = map.findEntry(lineNumber, columnNumber);
      if ('originalSource' in entry && entry.originalSource === named && entry.originalLine === original)
        return { lineNumber, columnNumber };
    }
  }
  throw new Error(`no place of ${source} in the bundle`);
}

it('a breakpoint in a source of the site stops the function that serves the page, and the page comes when it goes on', async () => {
  // a first page, so that the function's thread is there
  expect((await fetch(url)).status).toBe(200);
  const socket = new WebSocket(debuggerUrl);
  await once(socket, 'open');
  let last = 0;
  const heard: { session: string; message: z.output<typeof Message> }[] = [];
  let wake = (): void => undefined;
  socket.addEventListener('message', ({ data }) => {
    const message = Message.parse(JSON.parse(String(data)));
    if (message.method === 'NodeWorker.receivedMessageFromWorker') {
      const { sessionId, message: text } = Received.parse(message.params);
      heard.push({ session: sessionId, message: Message.parse(JSON.parse(text)) });
    } else heard.push({ session: '', message });
    wake();
  });
  const until = async <T>(find: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const send = (method: string, params: object = {}): void => {
    last += 1;
    socket.send(JSON.stringify({ id: last, method, params }));
  };
  const tell = (sessionId: string, method: string, params: object = {}): void => {
    last += 1;
    send('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id: last, method, params }) });
  };

  send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const sessions = new Set<string>();
  const site = await until(() => {
    for (const { message } of heard) {
      if (message.method !== 'NodeWorker.attachedToWorker') continue;
      const { sessionId } = Worker.parse(message.params);
      if (!sessions.has(sessionId)) tell(sessionId, 'Debugger.enable');
      sessions.add(sessionId);
    }
    for (const { session, message } of heard) {
      if (message.method !== 'Debugger.scriptParsed') continue;
      const script = Parsed.parse(message.params);
      if (!script.url.endsWith('/index.mjs') || !script.sourceMapURL) continue;
      if (
        readFileSync(fileURLToPath(new URL(script.sourceMapURL, script.url)), 'utf8').includes('/site/pages/home.tsx')
      )
        return { session, script };
    }
    return undefined;
  });

  const place = placeInBundle(site.script, SOURCE, 'await openProgrammes(hub)');
  tell(site.session, 'Debugger.setBreakpointByUrl', { url: site.script.url, ...place });
  const page = fetch(url);
  const paused = await until(() => heard.find(({ message }) => message.method === 'Debugger.paused'));
  expect(Paused.parse(paused.message.params).hitBreakpoints).toHaveLength(1);
  tell(paused.session, 'Debugger.resume');
  expect((await page).status).toBe(200);
  socket.close();
});
