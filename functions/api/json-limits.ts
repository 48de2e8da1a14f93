import { Rejected } from '../../shared/domain/errors.ts';

/** Objects and lists within one another; the deepest thing anybody has to send is five deep. */
const MOST_DEPTH = 20;
/** Values in all: a roster of 1,700 rows has some seven thousand. */
const MOST_VALUES = 30_000;

/**
 * Refuses JSON that would cost more than its length says, before it is parsed: what is nested too deeply for the
 * stack, or has more values than any form, each of which would be looked at and reported on.
 * @throws {@link Rejected} `unreadable-body`, `too-large`
 */
export function assertModest(json: string): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case 0x22: // a text: on to its end
        for (at++; at < json.length && json.charCodeAt(at) !== 0x22; at++) if (json.charCodeAt(at) === 0x5c) at++;
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > MOST_DEPTH) throw new Rejected('unreadable-body');
        values++;
        break;
      case 0x5d:
      case 0x7d:
        depth--;
        break;
      case 0x2c:
        if (++values > MOST_VALUES) throw new Rejected('too-large');
        break;
    }
  }
}
