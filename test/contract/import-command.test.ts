import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { controlKeyPath } from '../../cdk/local/data-folder/secrets.ts';
import { listCases } from '../../shared/store/cases.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { workedOn } from '../engine/jobs-work.ts';
import { textCells, workbook } from '../unit/spreadsheet-file.ts';

let api: ApiStand;
let server: Server;
let folder: string;
let port: number;

/** How a workbook of Excel before 2007 begins, with the name of its part. */
const OLD_EXCEL = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Workbook', 'utf16le')]);

/** What a stack answers to the command: a token to its owner, and the API, whose jobs are done as soon as they begin. */
async function answered(method: string, path: string, headers: Record<string, string>, sent: Buffer) {
  if (path === '/_aws/token') return { status: 200, body: { token: 'hub-coordinator' } };
  const body = method === 'POST' ? { body: headers['content-type'] === 'application/json' ? String(sent) : sent } : {};
  const got = await api.call(method, path.replace('/api/v1', ''), {
    as: 'hub-coordinator',
    headers: { 'accept-language': headers['accept-language'] ?? '' },
    ...body,
  });
  const run = /^\/api\/v1\/imports\/(\w+)\/run$/.exec(path)?.[1];
  if (run) await workedOn(api.hub, run);
  return got;
}

beforeAll(async () => {
  api = await startApi();
  folder = mkdtempSync(join(tmpdir(), 'jieli-import-'));
  writeFileSync(controlKeyPath(folder), 'a key');
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const { status, body } = await answered(request.method ?? '', request.url ?? '', headers, Buffer.concat(parts));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  ({ port } = z.object({ port: z.number() }).parse(server.address()));
});
afterAll(async () => {
  server.close();
  rmSync(folder, { recursive: true });
  await api.stop();
});

const ROOT = new URL('../../', import.meta.url).pathname;

/** `npm run import` on a file, with nobody at the terminal. */
function importing(name: string, content: Uint8Array | string, ...options: string[]) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, PORT: String(port), JIELI_DATA: folder };
  return new Promise<{ code: number; out: string; complaints: string }>((ended) => {
    const child = execFile(
      process.execPath,
      ['cdk/cli/import.ts', file, ...options],
      { cwd: ROOT, env },
      (error, out, complaints) => ended({ code: error ? Number(error.code) : 0, out, complaints }),
    );
    child.stdin?.end();
  });
}

async function needs(): Promise<string[]> {
  const { items } = await listCases(api.hub.table, { as: 'hub', party: api.hub.hub, kind: 'need' });
  return items.map(({ organization }) => organization).sort();
}

const book = workbook([
  { name: '填写说明', xml: textCells([['请逐行填写'], ['电话写区号']]) },
  {
    name: '医院',
    xml: textCells([
      ['医院', '物资', '数量', '日期', '审批意见'],
      ['甲医院', '口罩', '500-1000', '43860', '同意'],
      ['', '', '', '', ''],
      ['乙医院', '护目镜', '0', '', ''],
      ['合计', '', '500', '', ''],
      ['备注：三楼仓库', '手套', '7', '', ''],
    ]),
  },
  {
    name: '草稿',
    xml: textCells([
      ['医院', '物资'],
      ['丙医院', '口罩'],
    ]),
    hidden: true,
  },
]);

describe('npm run import', { timeout: 60_000 }, () => {
  it('says what it read and did not use: every row, column and sheet, in the language asked for; nothing is made unasked', async () => {
    const zh = await importing('book.xlsx', book, '--language', 'zh');
    expect(zh.code).toBe(0);
    for (const said of [
      '工作表“填写说明”：没有读取',
      '工作表“医院”：读取 4 行',
      '没有找到需要的列：机构名称 (organization), 物资名称 (item)',
      '使用的列：A 机构名称 (organization) = “医院”',
      'E “审批意见”',
      '隐藏的工作表没有读取：草稿',
      '第 4 行 未使用：',
      '第 5 行 未使用：',
      '第 6 行 未使用：',
      '500-1000',
      '没有创建任何需求：请核对后加上 --yes 再运行一次。',
    ])
      expect(zh.out).toContain(said);
    const en = await importing('book.xlsx', book);
    for (const said of [
      'Sheet “填写说明”: not read',
      'Columns not used: ',
      'row 4 not used: ',
      'run it again with --yes',
    ])
      expect(en.out).toContain(said);
    expect(await needs()).toEqual([]);
  });

  it('makes the needs with --yes, once, and reads the file as its options say', async () => {
    const made = await importing('book.xlsx', book, '--yes', '--sheet', '医院', '--take', '6', '--without', '2');
    expect(made.out).toContain('1 needs created, 0 were there already.');
    expect(await needs()).toEqual(['备注：三楼仓库']);
    const again = await importing('book.xlsx', book, '--yes', '--sheet', '医院', '--take', '6');
    expect(again.out).toContain('1 needs created, 1 were there already.');
    expect(await needs()).toEqual(['备注：三楼仓库', '甲医院']);
  });

  it('ends with every problem of a file that cannot be used, and makes nothing', async () => {
    const before = await needs();
    const odd = '谁,啥,几个,备用\n甲某处,甲物,5,6\n';
    const unknown = await importing('odd.csv', odd, '--yes', '--language', 'zh');
    expect(unknown).toMatchObject({ code: 1, complaints: expect.stringContaining('导入被拒绝：没有找到需要的列') });
    const columns = ['A=organization', 'B=item', 'C=quantity', 'D=quantity'].flatMap((one) => ['--column', one]);
    const twice = await importing('odd.csv', odd, '--yes', '--headings', '1', ...columns);
    expect(twice).toMatchObject({ code: 1, complaints: expect.stringMatching(/refused: Columns C, D are all said/) });
    const nonsense = await importing('odd.csv', odd, '--headings', 'first', '--without', 'all');
    expect(nonsense.code).toBe(1);
    expect(nonsense.complaints.match(/Wrong type/g)).toHaveLength(2);
    const old = await importing('old.xls', OLD_EXCEL, '--language', 'zh');
    expect(old.complaints).toMatch(/\.xls）文件.*另存为/);
    expect(await needs()).toEqual(before);
  });
});
