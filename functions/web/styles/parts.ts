/** Boxes, lists, tables. */
export const partStyles = `
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: 1.1rem 1.25rem; margin: 0 0 1rem; }
.cards > .card { margin: 0; }
.cards { list-style: none; padding: 0; margin: 0 0 1.5rem; display: grid; gap: 1rem; }
@media (min-width: 40rem) { .cards.three { grid-template-columns: repeat(3, 1fr); } .cards.two { grid-template-columns: 1fr 1fr; } }
.notice { border: 1px solid var(--line); border-left: 6px solid var(--pine); background: var(--pine-wash); border-radius: 4px; padding: .9rem 1.1rem; margin: 0 0 1.5rem; }
.notice > :last-child { margin-bottom: 0; }
.notice h2 { font-size: 1.1875rem; margin: 0 0 .3em; }
.notice.warning { border-left-color: var(--amber); background: var(--amber-wash); }
.notice.info { background: var(--sheet); }
.summary { margin: 0 0 2rem; border-top: 1px solid var(--line); }
.summary-row { border-bottom: 1px solid var(--line); padding: .6rem 0; }
.summary dt { font-weight: 700; }
.summary dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
@media (min-width: 40rem) {
  .summary-row { display: grid; grid-template-columns: 12rem 1fr auto; gap: 1rem; }
  .summary-change { text-align: right; }
}
.summary-change .link-button { padding: 0; min-height: 1.75rem; }
.heading-row { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 1rem; }
.heading-row h2 { margin: 0 0 .3em; }
.heading-row > .button { margin-bottom: .75rem; }
.scroll { overflow-x: auto; margin: 0 0 1.5rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; }
.scroll table { margin: 0; }
caption { text-align: left; font-weight: 700; margin-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .6rem .9rem .6rem 0; border-bottom: 1px solid var(--line); }
th { font-size: .9375rem; color: var(--soft); font-weight: 600; }
td.numeric, th.numeric { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.bad td { background: var(--error-wash); }
@media (max-width: 39.99rem) {
  table.stacked, .stacked tbody, .stacked tr, .stacked td, .stacked th { display: block; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked tr { border-bottom: 1px solid var(--strong-line); padding: .6rem 0; }
  .stacked td, .stacked th { border: 0; padding: .12rem 0; text-align: left; }
  .stacked td.numeric { text-align: left; white-space: normal; }
  .stacked td[data-label] { display: flow-root; padding-left: 7em; }
  .stacked td[data-label]::before { content: attr(data-label) " "; color: var(--soft); float: left; width: 6.5em; margin-left: -7em; }
  .stacked td:empty { display: none; }
}
.tag { display: inline-block; padding: .05rem .6rem; border-radius: 1rem; font-size: .9375rem; background: var(--pine-wash); color: var(--pine-deep); white-space: nowrap; }
.tag.wait { background: var(--amber-wash); color: var(--amber); }
.tag.end { background: var(--line); color: var(--ink); }
.tag.late { background: var(--error-wash); color: var(--error); }
details { margin: 0 0 1.2rem; }
details.quiet { margin: 0 0 .6rem; font-size: .9688rem; }
.uses { margin: 0 0 .8rem; display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; }
.uses dt { color: var(--soft); }
.uses dd { margin: 0; }
.consent { border-top: 1px solid var(--line); padding-top: .4rem; margin-top: 2rem; }
.consent details { margin: 0; }
summary { cursor: pointer; min-height: 2.5rem; padding: .35rem 0; color: var(--pine); text-decoration: underline; text-underline-offset: .2em; }
.meter { height: .6rem; background: var(--line); border-radius: .3rem; overflow: hidden; width: 100%; border: 0; display: block; }
.meter::-webkit-meter-bar { background: var(--line); border: 0; border-radius: .3rem; height: .6rem; }
.meter::-webkit-meter-optimum-value { background: var(--pine); border-radius: .3rem; }
progress.meter { appearance: none; }
.meter::-webkit-progress-bar { background: var(--line); }
.meter::-webkit-progress-value { background: var(--pine); }
.meter::-moz-progress-bar { background: var(--pine); }
.meter::-moz-meter-bar { background: var(--pine); }
`;
