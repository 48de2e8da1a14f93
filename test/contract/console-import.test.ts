import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCases } from '../../shared/store/cases.ts';
import { workedOn } from '../engine/jobs-work.ts';
import { type ConsoleStand, type Reader, type Seen, startConsole } from './console-stand.ts';
import { fileForm, giveFile } from './give-file.ts';

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
  return reader.give(content, name);
}

/** Follows redirects, as a browser does. */
async function follow(reader: Reader, seen: Seen): Promise<Seen> {
  return seen.location ? follow(reader, await reader.get(seen.location)) : seen;
}

/** Where a page says that it looks again by itself. */
const lookingAgain = ({ headers }: Seen) => /url=(\S+)/.exec(headers.get('refresh') ?? '')?.[1];

/** The job that a page is of. */
const idIn = (page: string) => page.split('/').at(-1) ?? '';

/** Confirms what a preview shows, and has the job done whose page comes; gives that page as it is then. */
async function done(reader: Reader, preview: Seen): Promise<Seen> {
  const action = /action="(\/console\/import\/\w+\/run)"/.exec(preview.html)?.[1] ?? '';
  const page = (await reader.post(action)).location ?? '';
  await workedOn(stand.hub, idIn(page));
  return reader.get(page);
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
    const seen = await done(reader, preview);
    expect(seen.html).toContain('完成 2 行');
    expect(seen.html).toContain('已完成');
    expect(await needs()).toBe(2);
    // confirmed again it is the same job, and it is over
    expect((await done(reader, preview)).html).toContain('完成 2 行');
    const anew = await follow(reader, await upload(reader, `\ufeff${sheet}`));
    expect((await done(reader, anew)).html).toContain('其中 2 行以前已经导入');
    expect(await needs()).toBe(2);
    expect((await reader.get(`/console/cases?q=${encodeURIComponent('第二医院')}`)).html).not.toContain(
      '<a href="http://evil',
    );
  });

  it('goes on when nobody looks; its page looks again by itself, tells each row that was not done, and can stop it', async () => {
    const reader = await stand.as('hub-coordinator', 'en');
    const named = sheet.replaceAll('第一', '第三').replaceAll('第二', '第四');
    const preview = await follow(reader, await upload(reader, named));
    const action = /action="(\/console\/import\/\w+\/run)"/.exec(preview.html)?.[1] ?? '';
    const before = await needs();
    const page = (await reader.post(action)).location ?? '';
    const going = await reader.get(page);
    expect(lookingAgain(going)).toBe(page);
    expect(going.html).toContain('0 of 2 rows');
    await workedOn(stand.hub, idIn(page));
    expect(await needs()).toBe(before + 2);
    expect(lookingAgain(await reader.get(page))).toBeUndefined();
    expect((await reader.get('/console/jobs')).html).toContain(`href="${page}"`);
    // the same organization asks for something else while its need is open
    const other = await done(reader, await follow(reader, await upload(reader, named.replace(',500,', ',900,'))));
    expect(other.html).toMatch(/第三医院 · 青山区[\s\S]*still open[\s\S]*href="\/console\/cases\/N/);
    expect(other.html).toContain('1 row was not done');
    const third = await follow(reader, await upload(reader, named.replaceAll('第', '又')));
    const stopped = (await reader.post(/action="([^"]+\/run)"/.exec(third.html)?.[1] ?? '')).location ?? '';
    await reader.get(stopped);
    expect((await follow(reader, await reader.post(`${stopped}/cancellation`))).html).toContain(
      '2 rows were not worked on',
    );
    expect(await workedOn(stand.hub, idIn(stopped))).toMatchObject({ state: 'cancelled' });
    expect(await needs()).toBe(before + 2);
    const insurer = await stand.as('insurer');
    expect((await insurer.get(page)).status).toBe(403);
  });

  it.each([
    ['no file', '', '请填写'],
    ['no columns that are needed', 'a,b\n1,2\n', '没有找到需要的列：机构名称、物资名称'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), '不是表格文件'],
    ['half a character', new Uint8Array([...Buffer.from('医院,物资\n第一'), 0xe5, 0x8c]), '编码无法识别'],
    ['nothing in it', '\n\n', '文件是空的'],
  ])('says what is wrong with a file: %s', async (_, content, said) => {
    const reader = await stand.as('hub-coordinator');
    const refused = await upload(reader, content);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(said);
  });

  it.each([
    [5_000_000, 'zh', '文件太大：最多 4 MB'],
    [20_000_000, 'en', 'at most 4 MB'],
  ])(
    'says without scripts, in the reader’s language, that a file of %i bytes is too large, and what to do',
    async (size, language, said) => {
      const reader = await stand.as('hub-coordinator', language);
      const refused = await follow(reader, await upload(reader, 'x'.repeat(size)));
      expect([refused.status, refused.html.includes(said)]).toEqual([422, true]);
      // the page stays what it is when it comes again, in whatever language, and takes another file
      expect((await reader.get('/console/import?refused=too-large&lang=en')).html).toContain('at most 4 MB');
      const preview = await follow(reader, await reader.give(sheet));
      expect([preview.status, preview.html.includes('第一医院')]).toEqual([200, true]);
    },
  );

  it('reads a file for who was asked for it, once', async () => {
    const [one, other] = [await stand.as('hub-coordinator'), await stand.as('hub-lead')];
    const address = await giveFile((await one.get('/console/import')).html, sheet, 'a.csv');
    const strange = await other.get(address);
    expect([strange.status, strange.html.includes('文件已不在这里')]).toEqual([422, true]);
    expect((await one.get(address)).location).toMatch(/^\/console\/import\/\w+$/);
    const again = await one.get(address);
    expect([again.status, again.html.includes('文件已不在这里')]).toEqual([422, true]);
  });

  it('lets a form lead to the bucket and to nothing else', async () => {
    const { html, headers } = await (await stand.as('hub-coordinator')).get('/console/import');
    expect(headers.get('content-security-policy')).toContain(
      `form-action 'self' http://issuer.test ${fileForm(html).action};`,
    );
  });
});
