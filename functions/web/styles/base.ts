/** Colours, type and the bare elements. Every pair of colours used for text has a contrast of at least 4.5 : 1. */
export const baseStyles = `
:root {
  --ink: #17231f;
  --soft: #4c5a55;
  --paper: #faf8f3;
  --sheet: #ffffff;
  --line: #d5d2c8;
  --strong-line: #7d867f;
  --pine: #0d4f4a;
  --pine-deep: #083834;
  --pine-wash: #e3eeeb;
  --on-pine: #ffffff;
  --baton: #bd3b1b;
  --baton-light: #7fbfb2;
  --baton-wash: #fcebe4;
  --amber: #8a5a00;
  --amber-wash: #fdf3dc;
  --error: #b3261e;
  --error-wash: #fdecea;
  --focus: #ffcf3f;
  --focus-ink: #17231f;
  --top: #0d4f4a;
  --on-top: #ffffff;
  --on-top-soft: #c5ded8;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9ece7;
    --soft: #b0bbb5;
    --paper: #121715;
    --sheet: #1a211e;
    --line: #35403b;
    --strong-line: #84918b;
    --pine: #7cc9b8;
    --pine-deep: #a5dccf;
    --pine-wash: #1c332f;
    --on-pine: #0b1f1c;
    --baton: #ff9272;
    --baton-light: #3f8377;
  --baton-wash: #3a211a;
    --amber: #f0c163;
    --amber-wash: #332a15;
    --error: #ff9b92;
    --error-wash: #3b1d1b;
    --top: #0c2f2c;
    --on-top-soft: #a9c9c2;
    color-scheme: dark;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font-family: system-ui, -apple-system, "PingFang SC", "Hiragino Sans GB", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "Segoe UI", Roboto, sans-serif;
  font-size: 1.0625rem;
  line-height: 1.65;
  overflow-wrap: break-word;
  display: flex;
  flex-direction: column;
  min-height: 100vh;
}
body:lang(en) { line-height: 1.55; font-family: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, system-ui, "PingFang SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; }
main { flex: 1; width: 100%; max-width: 76rem; margin: 0 auto; padding: 1.75rem 1.125rem 4rem; }
/* lines of text longer than this are hard to follow */
main:not(.wide) > * { max-width: 46rem; }
main:focus { outline: none; }
h1, h2, h3 { line-height: 1.3; margin: 0 0 .6em; font-weight: 700; text-wrap: balance; }
h1 { font-size: 1.75rem; }
:lang(zh) h1 { letter-spacing: .02em; }
:lang(en) .lead { text-wrap: pretty; }
h2 { font-size: 1.3rem; margin-top: 2em; }
h3 { font-size: 1.0625rem; margin-top: 1.5em; }
section > h2:first-child, .card > h2:first-child, .card > h3:first-child { margin-top: 0; }
@media (min-width: 40rem) { h1 { font-size: 2.125rem; } h2 { font-size: 1.45rem; } main { padding: 2.5rem 1.5rem 5rem; } }
p, ul, ol, dl, table, fieldset, blockquote { margin: 0 0 1em; }
ul, ol { padding-left: 1.3em; }
li { margin-bottom: .25em; }
.lead { font-size: 1.1875rem; color: var(--soft); }
.small { font-size: .9375rem; color: var(--soft); }
.sub { display: block; color: var(--soft); font-size: .875rem; }
.prose-typed { white-space: pre-wrap; }
.document { padding: .8rem; border: 1px solid var(--line); background: var(--sheet); font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--pine); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:hover { text-decoration-thickness: 3px; color: var(--pine-deep); }
a:focus-visible, summary:focus-visible {
  outline: 3px solid transparent;
  background: var(--focus);
  color: var(--focus-ink);
  box-shadow: 0 -2px var(--focus), 0 4px var(--focus-ink);
  text-decoration: none;
}
.unseen {
  position: absolute;
  width: 1px; height: 1px;
  margin: -1px; padding: 0;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.money, .number { font-variant-numeric: tabular-nums; white-space: nowrap; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
code, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .95em; }
`;
