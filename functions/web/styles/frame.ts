/** Header, navigation and footer. */
export const frameStyles = `
.skip { position: absolute; left: .5rem; top: -4rem; padding: .5rem 1rem; z-index: 1; }
.skip:focus { top: .5rem; }
.top { background: var(--top); color: var(--on-top); position: relative; }
.top::after { content: ""; display: block; height: 5px; background: linear-gradient(100deg, var(--baton-light) 0 38%, var(--baton) calc(38% + 2px)); }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .9rem; max-width: 76rem; margin: 0 auto; padding: .6rem 1.125rem; }
.name { display: inline-flex; align-items: center; gap: .5rem; min-height: 2.75rem; color: var(--on-top); text-decoration: none; }
.name:hover { color: var(--on-top); text-decoration: underline; }
.name:focus-visible { color: var(--focus-ink); }
.name:focus-visible .name-en { color: var(--focus-ink); }
.name-zh { font-size: 1.375rem; font-weight: 700; letter-spacing: .12em; }
.name-en { font-size: .9375rem; color: var(--on-top-soft); letter-spacing: .02em; }
.baton { width: 1.9rem; height: 1.9rem; flex: none; }
.baton-from { fill: #9fd0c4; }
.baton-to { fill: #ff7a59; }
.door { color: var(--on-top-soft); border-left: 1px solid var(--on-top-soft); padding-left: .9rem; }
.bar-end { margin-left: auto; display: inline-flex; align-items: center; gap: 1rem; color: var(--on-top-soft); }
.language-form { display: contents; }
.language {
  font: inherit; color: var(--on-top); background: none; cursor: pointer;
  display: inline-flex; flex: none; align-items: center; min-height: 2.5rem; padding: 0 .85rem; white-space: nowrap;
  border: 1px solid var(--on-top-soft); border-radius: 1.25rem; text-decoration: none;
}
.language:hover { background: rgba(255,255,255,.14); color: var(--on-top); text-decoration: underline; }
.language:focus-visible { outline: none; background: var(--focus); color: var(--focus-ink); box-shadow: none; border-color: var(--focus-ink); }
.nav { max-width: 76rem; margin: 0 auto; padding: 0 1.125rem; }
.nav ul { display: flex; flex-wrap: wrap; gap: 0 .8rem; font-size: .9375rem; list-style: none; margin: 0; padding: 0; }
.nav li { margin: 0; }
.nav a { display: inline-flex; align-items: center; min-height: 2.75rem; color: var(--on-top); text-decoration: none; }
.nav a:hover { text-decoration: underline; color: var(--on-top); }
.nav a:focus-visible { color: var(--focus-ink); }
.nav a[aria-current] { font-weight: 700; box-shadow: inset 0 -4px var(--on-top); }
.bottom { border-top: 1px solid var(--line); background: var(--sheet); }
.inner { max-width: 76rem; margin: 0 auto; padding: 1.25rem 1.125rem 2rem; color: var(--soft); font-size: .9375rem; }
.inner p { margin: 0 0 .5em; }
.inner ul { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.inner li a { display: inline-flex; align-items: center; min-height: 2.5rem; }
@media (min-width: 40rem) {
  .bar, .nav, .inner { padding-left: 1.5rem; padding-right: 1.5rem; }
  .nav ul { gap: 0 1.6rem; font-size: 1rem; }
}
.tagline { letter-spacing: .04em; }
`;
