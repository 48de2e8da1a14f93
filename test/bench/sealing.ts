import { randomBytes } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';

import { Case } from '../../shared/kinds/case.ts';
import { seal, unseal } from '../../shared/secrets/seal.ts';
import { dataOf, wholeOf } from '../../shared/store/personal-item.ts';
import { aGrant, aNeed, anInsuranceRequest } from '../factory/cases.ts';
import type { Section } from './report.ts';

const ROUNDS = 2_000;
const VOLUNTEERS = 1_700;
const ROWS_AN_ITEM = 200;

/** Bytes that DynamoDB counts, nearly: names and values. */
function bytesOf(item: object): number {
  return Buffer.byteLength(JSON.stringify(item));
}

/** What it costs to keep personal data sealed, beside keeping it open: time, bytes, units, calls of the key service. */
export async function sealing(rounds = ROUNDS): Promise<Section> {
  const key = { id: '1', key: randomBytes(32) };
  const contact = { name: '某某', phone: '027-0000 1234', email: 'someone@example.org' };
  const cases: Case[] = [aNeed(), aGrant(), anInsuranceRequest()].map((each) => ({ ...each, contact }));
  let [open, closed, plain, sealed] = [0, 0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    for (const each of cases) {
      const began = performance.now();
      const whole = JSON.stringify(marshall(each, { removeUndefinedValues: true }));
      Case.parse(JSON.parse(JSON.stringify(each)));
      open += performance.now() - began;
      const again = performance.now();
      const { data, personal = '{}' } = dataOf(Case, each);
      const item = JSON.stringify(marshall({ data }, { removeUndefinedValues: true }));
      const { box } = await seal(key, each.id, personal);
      const text = await unseal(key, each.id, box);
      wholeOf(Case, { data, personal: text });
      closed += performance.now() - again;
      plain += whole.length;
      sealed += item.length + box.byteLength;
    }
  }
  const rows = Array.from({ length: VOLUNTEERS }, () => ({
    name: '志愿者',
    identityNumber: '1'.repeat(18),
    phone: '1'.repeat(11),
  }));
  const groups = Math.ceil(VOLUNTEERS / ROWS_AN_ITEM);
  const units = Math.ceil(bytesOf(rows) / groups / 1024) * groups;
  const times = rounds * cases.length;
  return {
    title: 'Personal data sealed',
    figures: [
      {
        what: 'a case written and read, by the processor',
        value: closed / times,
        unit: 'ms',
        beside: { what: 'open', value: open / times },
      },
      {
        what: 'bytes of a case on the wire',
        value: sealed / times,
        unit: 'B',
        beside: { what: 'open', value: plain / times },
      },
      {
        what: `write units of a roster of ${VOLUNTEERS}, in items of ${ROWS_AN_ITEM}`,
        value: units,
        beside: { what: 'an item a row', value: VOLUNTEERS },
      },
      {
        what: 'calls of KMS a cold start',
        value: 1,
        beside: { what: 'an envelope an item, for a list of 25', value: 25 },
      },
    ],
  };
}
