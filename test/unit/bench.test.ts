import { describe, expect, it } from 'vitest';
import { sealing } from '../bench/sealing.ts';

describe('the part of the bench about sealing', () => {
  it('writes and reads back a case of each kind, also where only a part of a field is personal', async () => {
    const { figures } = await sealing(1);
    expect(figures.every(({ value }) => value > 0)).toBe(true);
  });
});
