/** A case: the relay of its stages, who has it, its history. */
export const caseStyles = `
.legs { list-style: none; margin: 0 0 2rem; padding: 0; }
.leg { position: relative; display: flex; gap: .9rem; align-items: flex-start; min-height: 2.6rem; margin: 0; }
.leg::before { content: ""; position: absolute; left: .72rem; top: 1.5rem; bottom: -.2rem; border-left: 3px solid var(--line); }
.leg:last-child::before { display: none; }
.leg.done::before { border-color: var(--pine); }
.leg.done:has(+ .leg.ended)::before { border-color: var(--strong-line); }
.leg-mark { position: relative; flex: none; width: 1.55rem; height: 1.55rem; border-radius: 50%; border: 3px solid var(--line); background: var(--paper); margin-top: .05rem; }
.leg.done .leg-mark { background: var(--pine); border-color: var(--pine); }
.leg.done .leg-mark::after { content: ""; position: absolute; left: .36rem; top: .12rem; width: .36rem; height: .72rem; border: solid var(--on-pine); border-width: 0 3px 3px 0; transform: rotate(42deg); }
.leg.now .leg-mark { border-color: var(--baton-wash); background: var(--baton-wash); box-shadow: 0 0 0 .22rem var(--baton-wash); }
.leg.now .leg-mark::after { content: ""; position: absolute; left: -.33rem; top: .29rem; width: 1.85rem; height: .62rem; border-radius: .31rem; background: linear-gradient(90deg, var(--pine) 0 40%, var(--baton) 40%); transform: rotate(-42deg); }
.leg.ended .leg-mark { border-color: var(--strong-line); background: var(--strong-line); }
.leg.ended .leg-mark::after { content: ""; position: absolute; left: .22rem; right: .22rem; top: .53rem; border-top: 3px solid var(--paper); }
.leg-name { padding-top: .02rem; color: var(--soft); }
.leg.done .leg-name { color: var(--ink); }
.leg.now .leg-name, .leg.ended .leg-name { color: var(--ink); font-weight: 700; }
.leg-state { display: inline-block; margin-left: .6rem; padding: 0 .6rem; border-radius: 1rem; background: var(--baton-wash); color: var(--baton); font-size: .9375rem; font-weight: 700; }
@media (min-width: 56rem) {
  .wide .legs { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 0; }
  .wide .leg { flex-direction: column; align-items: center; text-align: center; gap: .5rem; padding: 0 .25rem; }
  .wide .leg::before { left: calc(50% + .9rem); right: calc(-50% + .9rem); top: .72rem; bottom: auto; border-left: 0; border-top: 3px solid var(--line); }
  .wide .leg.done::before { border-top-color: var(--pine); }
  .wide .leg-name { font-size: .9375rem; line-height: 1.35; }
  .wide .leg-state { display: table; margin: .2rem auto 0; }
}
.holder { background: var(--sheet); border: 1px solid var(--line); border-top: 6px solid var(--baton); border-radius: 4px; padding: 1.1rem 1.25rem; margin: 0 0 2rem; }
.holder.over { border-top-color: var(--strong-line); }
.holder > :last-child { margin-bottom: 0; }
.holder-who { font-size: 1.25rem; font-weight: 700; margin: 0 0 .25rem; }
.holder h2 { margin: 0 0 .2rem; font-size: .9375rem; font-weight: 600; color: var(--soft); letter-spacing: .06em; }
.history { list-style: none; padding: 0; margin: 0 0 2rem; }
.history li { border-left: 3px solid var(--line); padding: 0 0 1.1rem 1rem; margin: 0; }
.history li:first-child { border-left-color: var(--baton); }
.history-what { font-weight: 700; margin: 0; }
.history-stage { font-weight: 400; color: var(--soft); }
.history-who, .history-more { color: var(--soft); font-size: .9375rem; margin: 0; }
.history-reason { margin: .4rem 0 0; padding: .5rem .8rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; }
.case-number { font-size: 2rem; font-weight: 700; letter-spacing: .06em; font-variant-numeric: tabular-nums; line-height: 1.2; display: inline-block; }
.ticket { background: var(--sheet); border: 2px solid var(--pine); border-radius: 8px; padding: 1.25rem; margin: 0 0 2rem; }
.ticket .label { margin-top: 1rem; }
.ticket .control { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9688rem; field-sizing: content; }
.case-columns { display: grid; gap: 0 3rem; }
@media (min-width: 56rem) { .case-columns { grid-template-columns: minmax(0, 1fr) 21rem; } }
.case-columns section { margin-bottom: 2rem; }
.case-columns > aside > h2 { margin-top: 0; }
.answer { border-left: 6px solid var(--baton); }
.answer .actions { margin-bottom: 0; }
.line-answer { border-top: 1px solid var(--line); padding-top: .8rem; margin-bottom: .8rem; }
.line-answer > legend { float: left; width: 100%; }
.line-answer > legend + * { clear: both; }
.people { columns: 18rem; }
.people li { break-inside: avoid; }
`;
