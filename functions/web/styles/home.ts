/** The home page and the lists of programmes. */
export const homeStyles = `
.home { display: grid; gap: 1.75rem 2.5rem; grid-template-columns: minmax(0, 1fr); grid-template-areas: "hero" "doors" "find" "legs" "programmes"; }
.home > * { min-width: 0; }
.hero { grid-area: hero; max-width: 44rem; }
.hero > :last-child { margin-bottom: 0; }
.hero h1 { font-size: clamp(1.9rem, 1.35rem + 2.3vw, 2.75rem); margin-bottom: .4em; }
.home .doors { grid-area: doors; margin: 0; }
.home .find { grid-area: find; margin: 0; align-self: center; }
.home .legs-then { grid-area: legs; }
.home .open-programmes { grid-area: programmes; }
.home section > h2 { margin-top: 0; font-size: 1.25rem; }
@media (min-width: 56rem) {
  .home { grid-template-columns: minmax(0, 1fr) 24rem; grid-template-areas: "hero find" "doors doors" "legs legs" "programmes programmes"; }
}
.doors .card { display: flex; flex-direction: column; border-top: 5px solid var(--pine); }
.doors .card h2 { font-size: 1.375rem; margin-bottom: .3em; }
.doors .card p { flex: 1; color: var(--soft); }
.relay { list-style: none; margin: 0; padding: 0; counter-reset: leg; }
.relay li { position: relative; padding: 0 0 1.1rem 2.6rem; margin: 0; counter-increment: leg; }
.relay li::before { content: counter(leg); position: absolute; left: 0; top: 0; width: 1.7rem; height: 1.7rem; border-radius: 50%; background: var(--pine); color: var(--on-pine); font-weight: 700; font-size: .9375rem; display: grid; place-items: center; line-height: 1; }
.relay li:last-child::before { background: var(--baton); }
.relay li::after { content: ""; position: absolute; left: .76rem; top: 1.9rem; bottom: .2rem; border-left: 3px solid var(--line); }
.relay li:last-child::after { display: none; }
.relay strong { display: block; }
.relay span { color: var(--soft); font-size: .9688rem; }
@media (min-width: 56rem) {
  .relay { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1.5rem; }
  .relay li { padding: 2.5rem 0 0; }
  .relay li::after { left: 2.3rem; right: -1.1rem; top: .78rem; bottom: auto; border-left: 0; border-top: 3px solid var(--line); }
}
.find { border-left: 5px solid var(--baton); padding-bottom: 1.1rem; }
.find .field { margin-bottom: .8rem; }
.programme h2, .programme h3 { margin: 0 0 .15rem; font-size: 1.125rem; }
.programme p { margin: 0 0 .25rem; }
.facts { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 .9rem; color: var(--soft); font-size: .9688rem; }
.facts li { margin: 0; }
.chosen { border-left: 5px solid var(--pine); background: var(--pine-wash); padding: .7rem 1rem; border-radius: 4px; margin-bottom: 1.8rem; }
`;
