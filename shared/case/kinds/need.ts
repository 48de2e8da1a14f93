import { Rejected } from '../../domain/errors.ts';
import { newCaseId } from '../../domain/ids.ts';
import { parseInput } from '../../domain/problems.ts';
import { localDate } from '../../domain/time.ts';
import { endStages } from '../../kinds/lifecycle.ts';
import { newNeed } from '../../kinds/need/case.ts';
import { decideNeed } from '../../kinds/need/decide.ts';
import { NeedDecision } from '../../kinds/need/decision.ts';
import { NeedInput, NeedOnBehalfInput } from '../../kinds/need/input.ts';
import { isLive } from '../../kinds/need/matching.ts';
import { screenNeed } from '../../kinds/need/screen.ts';
import { casesAlike } from '../../store/alike-cases.ts';
import { readCase } from '../../store/cases.ts';
import { readOffer } from '../../store/offers.ts';
import { readParty } from '../../store/parties.ts';
import type { Handling } from './handling.ts';

/** A need's donor, offer and doubles are read; nothing is staged. */
export const need: Handling<'need'> = {
  async take(_hub, body, { onBehalf, admit, intakeOf, importKey }) {
    const input = onBehalf ? parseInput(NeedOnBehalfInput, body) : parseInput(NeedInput, body);
    await admit();
    return newNeed(input, { ...(await intakeOf(input)), importKey });
  },

  async answer({ table }, before, body, how) {
    const input = parseInput(NeedDecision, body);
    const offerId =
      input.outcome === 'matched'
        ? input.offer
        : input.outcome === 'approved' && 'donor' in before
          ? before.donor?.offer
          : undefined;
    const offer = offerId && (await readOffer(table, offerId));
    if (input.outcome === 'matched' && offerId && offer?.party !== input.donor) {
      throw new Rejected('invalid', { fields: [{ pointer: '/offer', code: 'not-found' }] });
    }
    // as the page lists them; whoever had it open for long may name one that is used up or over since
    if (input.outcome === 'matched' && offer && !isLive(offer, localDate(Date.parse(how.now)))) {
      throw new Rejected('invalid', { fields: [{ pointer: '/offer', code: 'not-a-choice' }] });
    }
    const into = input.outcome === 'merged' ? await readCase(table, input.into) : undefined;
    const goesOn = into?.kind === 'need' && into.hub === before.hub && !endStages.has(into.stage);
    const party = input.outcome === 'matched' ? await readParty(table, input.donor) : undefined;
    return decideNeed(
      before,
      input,
      { ...how, reason: input.reason },
      {
        childId: newCaseId('need'),
        donor: party?.type === 'funder' ? party : undefined,
        offer: offer || undefined,
        into: goesOn ? into : undefined,
      },
    );
  },

  async findings(table, macKeyId, subject) {
    return screenNeed(subject, await casesAlike({ table, macKeyId }, subject));
  },
};
