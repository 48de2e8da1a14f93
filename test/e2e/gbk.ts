/** Every character that GBK writes in two bytes, with its bytes. */
function twoByteCharacters(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gbk');
  const bytesOf = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && !bytesOf.has(character)) bytesOf.set(character, [lead, trail]);
    }
  }
  return bytesOf;
}

/** Text as Excel in China saves a CSV file. @throws for a character that GBK has not */
export function gbk(text: string): Buffer {
  const bytesOf = twoByteCharacters();
  return Buffer.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0);
      const bytes = code < 0x80 ? [code] : bytesOf.get(character);
      if (!bytes) throw new Error(`GBK has no ${character}`);
      return [...bytes];
    }),
  );
}
