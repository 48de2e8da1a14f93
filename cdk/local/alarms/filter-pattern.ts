const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([\w.:/@-]+))/y;

/**
 * A pattern of terms, as CloudWatch's metric filters have it: all plain ones must stand in the line, none of those with `-`, and one of
 * those with `?` where there are no plain ones. Throws SyntaxError for a pattern of fields, JSON or a regular expression.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compileTerms(pattern: string): (line: string) => boolean {
  const [all, some, none]: string[][] = [[], [], []];
  TERM.lastIndex = 0;
  const end = pattern.trimEnd().length;
  while (TERM.lastIndex < end) {
    const at = TERM.lastIndex;
    const term = TERM.exec(pattern);
    if (term === null) throw new SyntaxError(`Not evaluated here: ${pattern.slice(at)}`);
    const [, sign, quoted, bare = ''] = term;
    const terms = sign === '-' ? none : sign === '?' ? some : all;
    terms?.push(quoted?.replace(/\\(.)/g, '$1') ?? bare);
  }
  return (line) => {
    const has = (text: string) => line.includes(text);
    if (none?.some(has)) return false;
    if (all && all.length > 0) return all.every(has);
    return some === undefined || some.length === 0 || some.some(has);
  };
}
