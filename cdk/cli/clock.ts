import './begin.ts';
import * as z from 'zod';
import { momentText } from '../../shared/i18n/lookup.ts';
import { control } from './control.ts';
import { parseDuration } from './duration.ts';
import { fail } from './settings.ts';

const by = parseDuration(process.argv[2] ?? '');
if (by === undefined) {
  fail(
    'Usage: npm run --silent clock -- +3d   (s, m, h, d, w; several together: +1d12h). The clock only moves forward.',
  );
}
const { now } = z.object({ now: z.union([z.number(), z.string()]) }).parse(await control('clock', { by }));
console.log(`It is now ${momentText(new Date(now).toISOString())} at the hub; everything that fell due has happened.`);
