import type { Language } from '../../../shared/domain/language.ts';
import { listText } from '../texts/lists.ts';

interface PagingProps {
  readonly language: Language;
  readonly path: string;
  /** what the list is narrowed to */
  readonly query: Readonly<Record<string, string>>;
  readonly cursor: string | undefined;
  readonly next: string | null;
  /** the next page may have matches that this one did not look at */
  readonly further?: boolean;
}

/** Leads to where a list goes on, and back to its beginning. */
export function Paging({ language, path, query, cursor, next, further }: PagingProps) {
  const text = listText[language];
  const to = (at?: string) => {
    const kept = Object.entries({ ...query, ...(at && { cursor: at }) }).filter(([, value]) => value !== '');
    return kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path;
  };
  if (!cursor && !next) return null;
  return (
    <p class="paging">
      {cursor && <a href={to()}>{text.first}</a>}
      {next && (
        <a class="button second" href={to(next)} rel="next">
          {further ? text.furtherNext : text.next}
        </a>
      )}
    </p>
  );
}
