import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, verifyChain } from '../../cdk/cli/audit/verify-chain.ts';
import { canonicalJson } from '../../shared/audit/canonical.ts';
import { digest, newSalt, saltedDigest } from '../../shared/audit/digest.ts';

interface Kept {
  seq: number;
  data: string;
  previous: string;
  hash: string;
}

const GENESIS = digest('trace-chain', 'test');
const hashOf = (previous: string, data: string) => digest('trace', { previous, data });

function chainOf(texts: readonly string[]): Kept[] {
  let previous = GENESIS;
  return texts.map((data, index) => {
    const hash = hashOf(previous, data);
    const kept = { seq: index + 1, data, previous, hash };
    previous = hash;
    return kept;
  });
}

/** What is kept, by place: entry and place can come apart when somebody moves things about. */
type Rows = { place: number; kept: Kept }[];

const rowsOf = (chain: readonly Kept[]): Rows => chain.map((kept) => ({ place: kept.seq, kept: { ...kept } }));

function faultsOf(rows: Rows, head: Kept | undefined, anchors: readonly Kept[]) {
  const entries = rows
    .toSorted((a, b) => a.place - b.place)
    .map(({ place, kept }): Entry => {
      const { seq, data, previous, hash } = kept;
      const computed = hashOf(previous, data);
      return { place, seq, where: `at ${place}`, at: '', link: { previous, hash }, computed, isFiled: true };
    });
  const anchored = new Map(anchors.map(({ seq, hash }) => [seq, [hash]]));
  const said = head && { seq: head.seq, hash: head.hash };
  return verifyChain({ chain: 'test', genesis: GENESIS, entries, head: said }, anchored, '');
}

/** Makes the whole chain anew from an entry on, so that all links and hashes are right again: only anchors tell. */
function rehashed(rows: Rows): Rows {
  const again = chainOf(rows.toSorted((a, b) => a.place - b.place).map(({ kept }) => kept.data));
  return rowsOf(again);
}

const texts = fc.array(fc.string(), { minLength: 1, maxLength: 12 });

describe('a chain', () => {
  it('that nobody touched has no fault, anchored or not yet', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (content, some) => {
        const chain = chainOf(content);
        expect(faultsOf(rowsOf(chain), chain.at(-1), chain.slice(0, some % (chain.length + 1)))).toEqual([]);
      }),
    );
  });

  const tamperings: Record<string, (rows: Rows, at: number) => Rows> = {
    'an altered entry': (rows, at) =>
      rows.map((row, index) => (index === at ? { ...row, kept: { ...row.kept, data: `${row.kept.data}!` } } : row)),
    'an altered entry with a hash that fits it': (rows, at) =>
      rows.map((row, index) => {
        if (index !== at) return row;
        const data = `${row.kept.data}!`;
        return { ...row, kept: { ...row.kept, data, hash: hashOf(row.kept.previous, data) } };
      }),
    'an altered entry and all after it made to fit': (rows, at) =>
      rehashed(rows.map((row, index) => (index === at ? { ...row, kept: { ...row.kept, data: 'other!' } } : row))),
    'a removed entry': (rows, at) => rows.filter((_, index) => index !== at),
    'a removed entry, the others moved up and made to fit': (rows, at) =>
      rehashed(rows.filter((_, index) => index !== at)),
    'a cut tail': (rows, at) => rows.slice(0, at),
    'two entries that changed places': (rows, at) => {
      const other = (at + 1) % rows.length;
      if (other === at) return [];
      return rows.map((row, index) => ({
        ...row,
        kept: rows[index === at ? other : index === other ? at : index]?.kept ?? row.kept,
      }));
    },
    'an entry put in twice': (rows, at) => [
      ...rows,
      {
        place: rows.length + 1,
        kept: { ...(rows[at]?.kept ?? { data: '', previous: '', hash: '' }), seq: rows.length + 1 },
      },
    ],
  };

  it.each(Object.entries(tamperings))('tells %s, with head and anchors left alone', (_, tamper) => {
    fc.assert(
      fc.property(texts, fc.nat(), (content, some) => {
        const chain = chainOf(content);
        const rows = tamper(rowsOf(chain), some % chain.length);
        expect(faultsOf(rows, chain.at(-1), chain)).not.toEqual([]);
      }),
    );
  });

  it.each(Object.entries(tamperings))(
    'tells %s also when the head was made to fit: the anchors say so',
    (_, tamper) => {
      fc.assert(
        fc.property(texts, fc.nat(), (content, some) => {
          const chain = chainOf(content);
          const rows = tamper(rowsOf(chain), some % chain.length);
          expect(faultsOf(rows, rows.at(-1)?.kept, chain)).not.toEqual([]);
        }),
      );
    },
  );

  it('that is gone whole is missed by its anchors', () => {
    const chain = chainOf(['one', 'two']);
    expect(faultsOf([], undefined, chain)).toMatchObject([{ what: 'missing', chain: 'test' }]);
  });
});

describe('canonical JSON', () => {
  it('is the same whatever the order of names, and leaves out what is undefined', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries([...Object.entries(value), ['gone', undefined]].toReversed());
        delete reversed.gone;
        expect(canonicalJson({ ...reversed, nothing: undefined })).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it('tells values apart that differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(canonicalJson(one) === canonicalJson(other)).toBe(
          JSON.stringify(JSON.parse(canonicalJson(one))) === JSON.stringify(JSON.parse(canonicalJson(other))),
        );
      }),
    );
  });
});

describe('a salted digest', () => {
  it('binds a value, and is another for the same value with another salt', () => {
    const salt = newSalt();
    expect(saltedDigest(salt, { reason: '同意' })).toBe(saltedDigest(salt, { reason: '同意' }));
    expect(saltedDigest(salt, { reason: '同意' })).not.toBe(saltedDigest(salt, { reason: '不同意' }));
    expect(saltedDigest(salt, { reason: '同意' })).not.toBe(saltedDigest(newSalt(), { reason: '同意' }));
  });
});
