import './begin.ts';
import * as z from 'zod';
import { control } from './control.ts';
import { demoPeople } from './demo/people.ts';
import { fail } from './settings.ts';

const people = demoPeople.members.map((member) => String(member.id));
const person = process.argv[2];
if (!person || !people.includes(person)) {
  fail(`Usage: npm run --silent token -- PERSON\nPERSON is one of: ${people.join(', ')}`);
}
const { token } = z.object({ token: z.string() }).parse(await control('token', { sub: person }));
console.log(token);
