import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createApi } from '../../functions/api/app.ts';
import { operations } from '../../functions/api/areas.ts';
import { createConsole } from '../../functions/console/app.ts';
import { memberRoutes } from '../../functions/console/areas.ts';
import { createSite } from '../../functions/site/app.tsx';
import { openRoutes } from '../../functions/site/routes.ts';
import { MemberId } from '../../shared/domain/ids.ts';
import { localDate } from '../../shared/domain/time.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { type Answering, throughGateway } from '../engine/through-gateway.ts';
import { submissionOf, walker } from '../engine/walk.ts';
import { noFiles } from '../fake/no-files.ts';
import { rowsOf } from '../unit/spreadsheet-file.ts';
import { fakeIssuer, newReader } from './console-stand.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const period = `from=${localDate(Date.now())}&to=${localDate(Date.now())}`;

interface Given {
  readonly type: string | null;
  readonly bytes: Uint8Array;
}

let stand: ApiStand;
let id: string;
let numbers: readonly string[];
let api: Answering;

beforeAll(async () => {
  stand = await startApi();
  const body = z
    .looseObject({ volunteers: z.array(z.looseObject({ identityNumber: z.string() })) })
    .parse(submissionOf('insurance'));
  numbers = body.volunteers.map(({ identityNumber }) => identityNumber);
  id = (await walker(stand).at('insurance', 'binding', body)).id;
  api = throughGateway(
    createApi({ hub: stand.hub, issuer: 'http://issuer.test', verify: async (token) => MemberId.parse(token) }),
  );
}, 60_000);
afterAll(() => stand.stop());

async function fromApi(as: string, path: string, init: RequestInit = {}) {
  const response = await api.request(`http://hub.test/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', ...init.headers },
  });
  return { type: response.headers.get('content-type'), bytes: new Uint8Array(await response.arrayBuffer()) };
}

async function fromSite(path: string) {
  const response = await throughGateway(createSite({ hub: stand.hub, incoming: noFiles })).request(
    `http://hub.test${path}`,
  );
  return { type: response.headers.get('content-type'), bytes: new Uint8Array(await response.arrayBuffer()) };
}

async function fromConsole(as: string, path: string, fields?: Record<string, string>) {
  const app = createConsole({ hub: stand.hub, issuer: fakeIssuer().issuer, incoming: noFiles }, 'http://issuer.test');
  const reader = newReader(throughGateway(app), 'zh');
  await reader.signIn(as);
  const { headers, bytes } = await (fields ? reader.post(path, fields) : reader.get(path));
  return { type: headers.get('content-type'), bytes };
}

const reason = { reason: '出具保单' };
const batch = (headers?: Record<string, string>) =>
  fromApi('insurer', '/insurance-batch', { method: 'POST', body: JSON.stringify(reason), ...(headers && { headers }) });

/** Every place where a spreadsheet goes out, by its route. */
const csvs: Readonly<Record<string, () => Promise<Given>>> = {
  'site get /insurance/roster.csv': () => fromSite('/insurance/roster.csv'),
  'console post /console/insurance/batch.csv': () => fromConsole('insurer', '/console/insurance/batch.csv', reason),
  'console get /console/cases/:id/audit.csv': () => fromConsole('auditor', `/console/cases/${id}/audit.csv`),
  'console get /console/audit.csv': () => fromConsole('auditor', `/console/audit.csv?${period}`),
  'api post /insurance-batch': () => batch(),
  'api get /cases/{id}/audit': () => fromApi('auditor', `/cases/${id}/audit?format=csv`),
  'api get /audit': () => fromApi('auditor', `/audit?${period}&format=csv`),
};
const workbooks: Readonly<Record<string, () => Promise<Given>>> = {
  'site get /insurance/roster.xlsx': () => fromSite('/insurance/roster.xlsx'),
  'console post /console/insurance/batch.xlsx': () => fromConsole('insurer', '/console/insurance/batch.xlsx', reason),
  'api post /insurance-batch': () => batch({ accept: XLSX }),
};

describe('a CSV, as its bytes leave the gateway', () => {
  it.each(Object.entries(csvs))('begins with the byte order mark: %s', async (_route, take) => {
    const { type, bytes } = await take();
    expect(type).toBe('text/csv; charset=utf-8');
    expect(Buffer.from(bytes.subarray(0, 3)).toString('hex')).toBe('efbbbf');
  });

  it('has no digits that a spreadsheet program takes for a number it cannot keep', async () => {
    for (const take of Object.values(csvs)) {
      const cells = Buffer.from((await take()).bytes)
        .toString()
        .split(/[,\r\n]/);
      expect(cells.filter((cell) => /^"?\d{12,}"?$/.test(cell))).toEqual([]);
    }
  });
});

describe('a workbook, as its bytes leave the gateway', () => {
  it.each(Object.entries(workbooks))('is read again: %s', async (_route, take) => {
    const { type, bytes } = await take();
    expect(type).toBe(XLSX);
    expect((await rowsOf(bytes)).length).toBeGreaterThan(0);
  });
});

it.each([...Object.entries(csvs), ...Object.entries(workbooks)].filter(([route]) => /batch/.test(route)))(
  'the insurer reads every identity number whole from %s',
  async (_route, take) => {
    const cells = (await rowsOf((await take()).bytes)).flatMap((row) => [...row.cells]);
    expect(cells).toEqual(expect.arrayContaining([...numbers]));
  },
);

it('no route gives out a spreadsheet that is not tested here', () => {
  const ending = /\.(csv|xlsx)$/;
  const site = openRoutes.filter(({ path }) => ending.test(path)).map(({ method, path }) => `site ${method} ${path}`);
  const console = memberRoutes
    .filter(({ path }) => ending.test(path))
    .map(({ method, path }) => `console ${method} ${path}`);
  const api = Object.values(operations)
    .filter(({ answer }) => answer.orCsv || answer.schema === 'spreadsheet')
    .map(({ method, path }) => `api ${method} ${path}`);
  expect([...site, ...console, ...api].sort()).toEqual(
    [...new Set([...Object.keys(csvs), ...Object.keys(workbooks)])].sort(),
  );
});
