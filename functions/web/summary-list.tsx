import type { Child } from 'hono/jsx';

/** One answer and what it answers; `change` is a link or a button that leads back to it. */
export interface SummaryRow {
  readonly label: string;
  readonly value: Child;
  readonly change?: Child;
}

/** Answers beside their questions: for checking before sending, and for reading a case. */
export function SummaryList({ rows }: { readonly rows: readonly SummaryRow[] }) {
  return (
    <dl class="summary">
      {rows.map(({ label, value, change }) => (
        <div class="summary-row">
          <dt>{label}</dt>
          <dd>{value === '' || value === undefined ? '–' : value}</dd>
          {change && <dd class="summary-change">{change}</dd>}
        </div>
      ))}
    </dl>
  );
}
