import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApi } from '../../functions/api/app.ts';
import { createConsole } from '../../functions/console/app.ts';
import { noFiles } from '../fake/no-files.ts';
import { fakeIssuer } from './console-stand.ts';
import { fieldsOf, need, type SiteStand, startSite } from './site-stand.ts';

let site: SiteStand;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

/** What Lambda gives a function that has as much time left as it spares to say so. */
const ending = { lambdaContext: { getRemainingTimeInMillis: () => 3000 } };
const early = { lambdaContext: { getRemainingTimeInMillis: () => 28_000 } };

/** A table that answers nothing until it is let go. */
function holdTable(): () => void {
  const { client } = site.hub.table;
  const send = client.send.bind(client);
  let free: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    free = resolve;
  });
  vi.spyOn(client, 'send').mockImplementation(async (command: Parameters<typeof send>[0]) => {
    await gate;
    return send(command);
  });
  return free;
}

describe('what takes longer than a function has', () => {
  it('is answered with a page that has what was typed and sends it again, once', async () => {
    const check = await site.post('/needs/new', { ...need, step: 'check' });
    const before = await site.count();
    const typed = { ...fieldsOf(check.html), action: 'send' };
    const free = holdTable();
    const late = await site.post('/needs/new', typed, {}, ending);
    expect(late.status).toBe(503);
    expect(late.html).toContain('请再发送一次：同样的内容不会提交两次');
    expect(late.html).toContain('id="main"');
    expect(late.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(fieldsOf(late.html)).toEqual(typed);
    free();
    // what was under way comes to its end, and what is sent again is the same
    await vi.waitFor(async () => expect(await site.count()).toBe(before + 1));
    const again = await site.post('/needs/new', fieldsOf(late.html), {}, early);
    expect(again.status).toBe(303);
    expect(await site.count()).toBe(before + 1);
  });

  it('is said in the reader’s language, and of a file that it is to be chosen again', async () => {
    const free = holdTable();
    const body = new FormData();
    for (const [name, value] of Object.entries({ step: 'volunteers', activity: '驾车', action: 'upload' }))
      body.append(name, value);
    body.append('file', new File(['a'], 'a.csv'));
    const init = { method: 'POST', body, headers: { 'accept-language': 'en' } };
    const late = await site.send('/insurance/new', init, ending);
    free();
    expect(late.status).toBe(503);
    expect(late.html).toContain('the same is never taken twice');
    expect(late.html).toContain('choose it again on the next page');
    const next = await site.post('/insurance/new', fieldsOf(late.html), { 'accept-language': 'en' }, early);
    expect(next.html).toContain('Choose a file first');
    expect(fieldsOf(next.html).activity).toBe('驾车');
  });

  it('is a page of the console’s too, and a problem at the API', async () => {
    const free = holdTable();
    const door = { hub: site.hub, issuer: fakeIssuer().issuer, incoming: noFiles };
    const cookie = `jieli-session=${'x'.repeat(43)}`;
    const shown = await createConsole(door, 'http://issuer.test').request(
      'http://hub.test/console/inbox',
      { headers: { cookie } },
      ending,
    );
    const api = createApi({ hub: site.hub, issuer: 'http://issuer.test', verify: async () => undefined });
    const problem = await api.request('http://hub.test/api/v1/programmes', {}, ending);
    free();
    expect(shown.status).toBe(503);
    expect(await shown.text()).toContain('这一步用的时间太长');
    expect(problem.status).toBe(503);
    expect(await problem.json()).toMatchObject({ code: 5001 });
  });
});
