import * as z from 'zod';

/** zh first: it is what is shown when nobody said otherwise. */
export const languages = ['zh', 'en'] as const;
export const Language = z.enum(languages);
export type Language = z.infer<typeof Language>;

/** The same texts in each language. */
export type Bilingual<T> = Readonly<Record<Language, T>>;
