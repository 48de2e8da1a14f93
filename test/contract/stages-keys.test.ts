import { afterAll, beforeAll, expect, it } from 'vitest';
import { countCovered } from '../../shared/case/covered-volunteers.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { aCaseIn, aHub } from '../factory/hub.ts';
import { type FakeService, ServiceFault, serveJson } from '../fake/aws-json.ts';

let engine: Engine;
let kms: FakeService;
let fault: ServiceFault | undefined;
let calls = 0;
beforeAll(async () => {
  engine = await startEngine();
  kms = await serveJson((_operation, { KeyId, Message }) => {
    calls += 1;
    if (fault) throw fault;
    return { KeyId, Mac: Buffer.from(`mac of ${Message}`).toString('base64') };
  });
  process.env.AWS_ENDPOINT_URL_KMS = kms.url;
});
afterAll(async () => {
  await engine.stop();
  await kms.stop();
});

it('a key that KMS does not give now is asked for again later, and the failure says who tries again', async () => {
  const subject = await aCaseIn(await aHub(engine.table), 'insurance', 'active');
  if (subject.kind !== 'insurance') throw new Error('no insurance request');
  const count = () => countCovered({ table: engine.table, macKeyId: 'another-key' }, subject);
  fault = new ServiceFault('ThrottlingException');
  await expect(count()).rejects.toMatchObject({ name: 'Throttled' });
  fault = new ServiceFault('KMSInternalException', 500);
  await expect(count()).rejects.toMatchObject({ name: 'Retryable' });
  fault = undefined;
  expect(await count()).toBe(0);
});

it('a key is asked for once in a process, and each purpose has its own', async () => {
  const before = calls;
  const keys = await Promise.all([deriveKey('k', 'lookup'), deriveKey('k', 'lookup'), deriveKey('k', 'private-link')]);
  expect(calls - before).toBe(2);
  expect(keys[0]).toEqual(keys[1]);
  expect(keys[0]).not.toEqual(keys[2]);
});
