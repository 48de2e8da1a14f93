import * as z from 'zod';
import { cut, waysOut } from '../../shared/domain/privacy/cut.ts';
import { fill } from '../../shared/i18n/lookup.ts';

const SubjectLine = z.string().brand('SubjectLine');
/** What stands in a mail's subject, where servers and lock screens show it: {@link subjectLine} alone makes one. */
export type SubjectLine = z.infer<typeof SubjectLine>;

const Texts = z.record(z.string(), z.union([z.string(), z.number()]).optional().catch(undefined)).catch({});

/**
 * A subject from its text: places are filled by what is public of the thing that the mail is about, by the classes of its
 * schema, and by words of the texts themselves. What is personal fills none, whatever the text names.
 */
export function subjectLine<S extends z.ZodType>(
  text: string,
  schema: S,
  thing: z.output<S>,
  words: Readonly<Record<string, string>> = {},
): SubjectLine {
  const fields = Object.entries(Texts.parse(cut(schema, thing, waysOut.mailSubject)));
  const named = Object.fromEntries(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return SubjectLine.parse(fill(text, { ...named, ...words }));
}
