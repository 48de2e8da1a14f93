import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createClock } from '../../cdk/local/clock.ts';
import { startExpiry } from '../../cdk/local/dynamodb/expiry.ts';

test('expired items that a full disk does not let go of are said, and tried again the next day', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-expiry-'));
  const clock = createClock({ file: join(folder, 'clock') });
  const said: string[] = [];
  let open = 0;
  const table = {
    logicalId: 'Table',
    name: 'cases',
    arn: 'arn:aws:dynamodb:us-east-1:123456789012:table/cases',
    streamArn: '',
    keySchema: [],
    attributes: [],
    globalIndexes: [],
    localIndexes: [],
    ttlAttribute: 'expires',
  };
  const end = startExpiry({
    tables: [table],
    engine: { call: () => Promise.reject(new Error('database or disk is full')) },
    clock,
    writing() {
      open += 1;
      return () => {
        open -= 1;
      };
    },
    say: (line) => void said.push(line),
  });
  await clock.advance(2 * 86_400_000 + 1_000);
  end();
  clock.stop();
  rmSync(folder, { recursive: true });
  const line = 'Expired items of cases could not be removed: Error: database or disk is full';
  expect([said, open]).toEqual([[line, line], 0]);
});
