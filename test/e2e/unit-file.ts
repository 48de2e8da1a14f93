/** The directives of a unit's section `[Service]` as systemd reads them: `name=value` a line, the last of a name counts. */
export function serviceOf(unit: string): Readonly<Record<string, string>> {
  const [, section = ''] = /^\[Service\]\n([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(unit) ?? [];
  const lines = section.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** A command line's words as systemd.service(5) splits them: quotation marks, then `%%` and `$$`. */
export function wordsOf(line: string): string[] {
  const words = line.match(/"(?:\\.|[^"\\])*"|\S+/g) ?? [];
  return words.map((word) => {
    const bare = word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word;
    return bare.replaceAll('%%', '%').replaceAll('$$', '$');
  });
}

/** The variables of an EnvironmentFile without quotation marks. */
export function variablesOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => /^[A-Z]/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
