import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCases } from '../../shared/store/cases.ts';
import { type ConsoleStand, type Reader, type Seen, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.stop());

const sheet = [
  '医院,区县,物资,规格,数量,备注',
  '第一医院,青山区,N95口罩,3M 1860,500,',
  '第一医院,青山区,防护服,,1,',
  '第二医院,东湖区,手套,,,"=HYPERLINK(""http://evil"")"',
  ',东湖区,口罩,,20,',
  '第二医院,东湖区,,,20,',
].join('\n');

async function upload(reader: Reader, content: string | Uint8Array<ArrayBuffer>, name = '需求.csv'): Promise<Seen> {
  await reader.get('/console/import');
  const form = new FormData();
  form.set('file', new Blob([content]), name);
  return reader.post('/console/import', form);
}

/** Follows redirects and the page's own going on, as a browser does. */
async function follow(reader: Reader, seen: Seen): Promise<Seen> {
  const onward = seen.location ?? /url=(\S+)/.exec(seen.headers.get('refresh') ?? '')?.[1];
  return onward ? follow(reader, await reader.get(onward)) : seen;
}

async function needs(): Promise<number> {
  return (await listCases(stand.hub.table, { as: 'hub', party: stand.hub.hub, kind: 'need', limit: 100 })).items.length;
}

describe('importing a sheet of needs', () => {
  it('shows first what it will make and every row it cannot use; makes it once confirmed, and nothing twice', async () => {
    const reader = await stand.as('hub-coordinator');
    const preview = await follow(reader, await upload(reader, sheet));
    expect(preview.status).toBe(200);
    for (const shown of ['第一医院', '第二医院', '没有机构名称', '没有物资名称', '医院', '规格']) {
      expect(preview.html).toContain(shown);
    }
    expect(await needs()).toBe(0);
    const action = /action="(\/console\/import\/\w+\/run)"/.exec(preview.html)?.[1] ?? '';
    const done = await follow(reader, await reader.post(action));
    expect(done.html).toContain('新创建 2 份需求');
    expect(await needs()).toBe(2);
    const again = await follow(reader, await reader.post(action));
    expect(again.html).toContain('新创建 0 份需求');
    const anew = await follow(reader, await upload(reader, `\ufeff${sheet}`));
    const other = /action="(\/console\/import\/\w+\/run)"/.exec(anew.html)?.[1] ?? '';
    expect((await follow(reader, await reader.post(other))).html).toContain('2 份以前已经导入');
    expect(await needs()).toBe(2);
    expect((await reader.get(`/console/cases?q=${encodeURIComponent('第二医院')}`)).html).not.toContain(
      '<a href="http://evil',
    );
  });

  it('goes on from a link of its own session only', async () => {
    const reader = await stand.as('hub-coordinator');
    const preview = await follow(
      reader,
      await upload(reader, sheet.replaceAll('第一', '第三').replaceAll('第二', '第四')),
    );
    const action = /action="(\/console\/import\/\w+\/run)"/.exec(preview.html)?.[1] ?? '';
    const before = await needs();
    const link = (await reader.post(action)).location ?? '';
    expect(await needs()).toBe(before + 2);
    const other = await stand.as('hub-lead');
    expect((await other.get(link)).location).toBe(action.replace('/run', ''));
    const insurer = await stand.as('insurer');
    expect((await insurer.get(action.replace('/run', ''))).status).toBe(403);
  });

  it.each([
    ['no file', undefined, '请填写'],
    ['no columns that are needed', 'a,b\n1,2\n', '没有找到需要的列：机构、物资'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), '不是表格文件'],
    ['half a character', new Uint8Array([...Buffer.from('医院,物资\n第一'), 0xe5, 0x8c]), '编码无法识别'],
    ['nothing in it', '\n\n', '文件是空的'],
  ])('says what is wrong with a file: %s', async (_, content, said) => {
    const reader = await stand.as('hub-coordinator');
    await reader.get('/console/import');
    const refused =
      content === undefined ? await reader.post('/console/import', new FormData()) : await upload(reader, content);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(said);
  });

  it('refuses what is too large before looking at it', async () => {
    const reader = await stand.as('hub-coordinator');
    const refused = await upload(reader, 'x'.repeat(5_000_000));
    expect(refused.status).toBe(413);
  });
});
