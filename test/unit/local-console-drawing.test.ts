import { expect, test } from 'vitest';
import { drawMachine, machineSchema } from '../../cdk/local/console/machine-drawing.ts';

const pass = (Next?: string) => ({ Type: 'Pass', ...(Next === undefined ? { End: true } : { Next }) });
const machine = machineSchema.parse({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'First', States: { First: pass('Second'), Second: pass() } },
      Next: 'Both',
    },
    Both: { Type: 'Parallel', Branches: [{ StartAt: 'Left', States: { Left: pass() } }], Next: 'End <here>' },
    'End <here>': pass(),
  },
});

test('a drawing has every state, also inside of others, the path that was taken, and no id twice', () => {
  const drawn = drawMachine(machine, {
    states: new Map([
      ['Each', 'done'],
      ['First', 'failed'],
    ]),
    ways: new Set(['Each → Both']),
  }).toString();
  for (const state of ['Each', 'First', 'Second', 'Both', 'Left', 'End &#60;here&#62;'])
    expect(drawn).toContain(`>${state}</text>`);
  expect(drawn).toContain('in Each</figcaption>');
  expect(drawn).toContain('<title>First (Pass): failed</title>');
  expect(drawn.match(/marker-end="url\(#taken\)"/g)).toHaveLength(1);
  const ids = [...drawn.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
