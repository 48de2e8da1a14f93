import { Permanent, Rejected } from '../../domain/errors.ts';
import { parseInput } from '../../domain/problems.ts';
import { localDate } from '../../domain/time.ts';
import { isOpen } from '../../entities/programme/programme.ts';
import { newGrant } from '../../kinds/grant/case.ts';
import { decideGrant } from '../../kinds/grant/decide.ts';
import { GrantDecision } from '../../kinds/grant/decision.ts';
import { GrantInput, GrantOnBehalfInput } from '../../kinds/grant/input.ts';
import { screenGrant } from '../../kinds/grant/screen.ts';
import { casesAlike } from '../../store/alike-cases.ts';
import { readProgramme } from '../../store/programmes.ts';
import type { Handling } from './handling.ts';

/** A grant application rests on its programme. */
export const grant: Handling<'grant'> = {
  async take({ table }, body, { onBehalf, admit, intakeOf }) {
    const input = onBehalf ? parseInput(GrantOnBehalfInput, body) : parseInput(GrantInput, body);
    await admit();
    const programme = await readProgramme(table, input.programme);
    if (!programme) throw new Rejected('invalid', { fields: [{ pointer: '/programme', code: 'not-found' }] });
    const intake = await intakeOf(input);
    if (!isOpen(programme, localDate(Date.parse(intake.now)))) {
      throw new Rejected('programme-closed', {
        fields: [{ pointer: '/programme', code: 'closed' }],
        params: { date: programme.closesOn },
      });
    }
    return newGrant(input, intake, programme);
  },

  async answer({ table }, before, body, how) {
    const input = parseInput(GrantDecision, body);
    const programme = await readProgramme(table, before.programme);
    if (!programme) throw new Rejected('not-found');
    return decideGrant(before, input, { ...how, reason: input.reason }, programme);
  },

  async findings(table, macKeyId, subject) {
    const others = await casesAlike({ table, macKeyId }, subject);
    const programme = await readProgramme(table, subject.programme);
    if (!programme) throw new Permanent(`no programme ${subject.programme}`);
    return screenGrant(subject, programme, others);
  },
};
