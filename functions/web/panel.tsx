import type { Child } from 'hono/jsx';

/** A box with a heading; nothing at all when it would be empty. */
export function Panel({ title, children }: { readonly title: string; readonly children?: Child }) {
  return (
    <section class="panel">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
