import characters from 'opencc-js/dict/TSCharacters';

/** Traditional characters with the simplified one, of several the most usual. */
const simplifiedOf = new Map(
  characters.split('|').map((pair) => {
    const [traditional = '', simplified = ''] = pair.split(' ');
    return [traditional, simplified];
  }),
);

/** The character as it is written in simplified Chinese; one step leads to another for few of them. */
export function simplified(character: string): string {
  const next = simplifiedOf.get(character);
  return next === undefined || next === character ? character : simplified(next);
}
