import type { Child } from 'hono/jsx';

interface NoticeProps {
  /** `done`: it worked; `info`: worth knowing; `warning`: look before you go on */
  readonly tone: 'done' | 'info' | 'warning';
  readonly title?: string | undefined;
  readonly children?: Child;
}

/** A box that stands out; one that reports success is read out at once. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <section class={`notice ${tone}`} role={tone === 'done' ? 'status' : undefined}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}
