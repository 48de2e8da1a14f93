import type { Child } from 'hono/jsx';

/** A long table in a box of its own that the keyboard can scroll. */
export function ScrollBox({ label, children }: { readonly label: string; readonly children?: Child }) {
  return (
    <section class="roster-scroll" tabindex={0} aria-label={label}>
      {children}
    </section>
  );
}
