import { describe, expect, it } from 'vitest';
import { compose } from '../../functions/notify/compose.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import { kinds } from '../../shared/domain/ids.ts';
import { lifecycleOf } from '../../shared/kinds/lifecycle.ts';
import { aGrant, aNeed, anInsuranceRequest } from '../factory/cases.ts';
import { readers } from '../factory/readers.ts';

const at = '2020-02-01T08:00:00.000Z';
const subjects = { need: aNeed(), grant: aGrant(), insurance: anInsuranceRequest() };

describe('a mail about a change of stage', () => {
  it('is complete for every change there is, also when it comes so late that the case no longer has what it tells of', () => {
    for (const kind of kinds) {
      for (const { from, to, on } of lifecycleOf(kind)) {
        const subject = subjects[kind];
        const { id: caseId, hub } = subject;
        const event: CaseEvent = {
          type: 'stage-changed',
          caseId,
          kind,
          version: 9,
          at,
          by: { type: 'workflow' },
          hub,
          stage: to,
          from,
          on,
        };
        for (const reader of readers) {
          const mail = compose(event, subject, undefined, reader, 'https://x/');
          const all = `${mail.subject}\n${mail.text}\n${mail.html}`;
          expect(all).not.toMatch(/\{\w+\}|undefined/);
          expect(mail.subject).toContain(caseId);
          expect(all).toContain('https://x/');
        }
      }
    }
  });
});
