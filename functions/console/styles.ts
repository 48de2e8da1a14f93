/** A tool for those who work in it all day: denser than the public pages, and as wide as tables need. */
export const styles = `
main.wide { font-size: .9688rem; line-height: 1.5; padding-top: 1.25rem; }
main.wide h1 { font-size: 1.5rem; margin-bottom: .4em; }
main.wide h2 { font-size: 1.0625rem; margin: 0 0 .6em; }
main.wide h3 { font-size: .9688rem; margin-top: 1.1em; }
main.wide .hint, main.wide .small { font-size: .875rem; }
main.wide .field { margin-bottom: 1rem; }
main.wide .label { margin-bottom: .15rem; }
main.wide .control { min-height: 2.75rem; padding: .3rem .6rem; }
main.wide .field-error { font-size: .9063rem; }
main.wide .error-summary { padding: .8rem 1rem .1rem; margin-bottom: 1.25rem; border-width: 3px; }
main.wide .notice { margin-bottom: 1.25rem; padding: .75rem 1rem; }
main.wide .legs { margin: .5rem 0 1.25rem; }
.top .nav ul { gap: 0 1.25rem; }
.who { position: relative; margin: 0; }
.who > summary { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0 .6rem; min-height: 2.5rem; padding: 0 .25rem; color: var(--on-top); text-decoration: none; list-style: none; font-size: .9375rem; }
.who > summary::-webkit-details-marker { display: none; }
.who > summary::after { content: ""; border: .3rem solid transparent; border-top-color: currentColor; margin: .3rem 0 0; }
.who > summary:focus-visible { color: var(--focus-ink); }
.who-name { font-weight: 700; }
.who-party { color: var(--on-top-soft); }
.who > summary:focus-visible .who-party { color: var(--focus-ink); }
.who-more { position: absolute; right: 0; top: 100%; z-index: 2; width: 19rem; max-width: 88vw; background: var(--sheet); color: var(--ink); border: 1px solid var(--strong-line); border-radius: 6px; padding: 1rem; box-shadow: 0 6px 20px rgb(0 0 0 / .18); }
.who-more .button { width: 100%; margin-bottom: .5rem; text-align: left; justify-content: flex-start; font-weight: 400; }
.who-more > :last-child { margin: 0; }
.panel .party-switch .button { margin: 0 .5rem .5rem 0; }
.bar-end .who-more a { color: var(--pine); }
@media (max-width: 39.99rem) { .bar { position: relative; } .who { position: static; } .who-more { left: 1.125rem; right: 1.125rem; top: calc(100% - .5rem); width: auto; max-width: none; } .bar-end { gap: .5rem; } .who-party { max-width: 9rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .door { display: none; } }
.counts { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; color: var(--soft); margin: 0 0 1rem; padding: 0; list-style: none; }
.counts strong { color: var(--ink); font-variant-numeric: tabular-nums; }
.counts .late strong { color: var(--error); }
.filters { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: flex-end; margin: 0 0 1.1rem; padding: .8rem 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
main.wide .filters .field { margin: 0; flex: 1 1 9rem; max-width: 16rem; }
.filters .label { font-size: .875rem; color: var(--soft); font-weight: 600; }
.filters .button { min-height: 2.75rem; padding: .3rem 1.1rem; }
.filters .reset { align-self: center; }
.search { display: flex; gap: .6rem; align-items: flex-end; flex: 0 1 26rem; margin-bottom: .9rem; }
main.wide .search .field { margin: 0; flex: 1; }
.search .label { font-size: .875rem; color: var(--soft); font-weight: 600; }
.search .button { min-height: 2.75rem; padding: .3rem 1.1rem; }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0 0 1rem; padding: 0; list-style: none; border-bottom: 2px solid var(--line); }
.tabs li { margin: 0 0 -2px; }
.tabs a { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 1rem; text-decoration: none; color: var(--ink); border-bottom: 4px solid transparent; }
.tabs a[aria-current] { font-weight: 700; border-bottom-color: var(--baton); }
.tabs a:hover { background: var(--pine-wash); }
table.list { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; border-collapse: separate; border-spacing: 0; overflow: hidden; margin-bottom: 1rem; }
table.list th, table.list td { padding: .55rem .8rem; }
table.list tbody tr:last-child td { border-bottom: 0; }
table.list tbody tr:hover td { background: var(--pine-wash); }
table.list .case-link { font-weight: 700; display: inline-block; padding: .1rem 0; }
table.list .due { white-space: nowrap; }
table.list .gist { color: var(--soft); max-width: 26rem; overflow-wrap: anywhere; }
table.permissions { table-layout: fixed; width: 100%; max-width: 60rem; }
table.permissions th[scope="row"] { font-weight: 600; text-align: left; vertical-align: top; }
table.permissions code { font-weight: 400; }
ul.plain { list-style: none; padding: 0; }
table.permissions .plain { margin: 0; }
.late { color: var(--error); font-weight: 700; }
.tag { font-size: .8438rem; padding: .02rem .55rem; vertical-align: .05em; }
.tag + .tag { margin-left: .3rem; }
.tag.critical { background: var(--error-wash); color: var(--error); font-weight: 700; }
.tag.urgent { background: var(--amber-wash); color: var(--amber); font-weight: 700; }
.tag.plain { background: none; border: 1px solid var(--line); color: var(--soft); }
.tag.behalf { background: var(--baton-wash); color: var(--baton); font-weight: 700; }
.paging { display: flex; gap: 1rem; align-items: center; margin: 0 0 1.5rem; }
.empty { padding: 2.2rem 1rem; text-align: center; color: var(--soft); background: var(--sheet); border: 1px dashed var(--strong-line); border-radius: 6px; margin-bottom: 1.5rem; }
.case-head { display: flex; flex-wrap: wrap; gap: .1rem .8rem; align-items: baseline; margin-bottom: .3rem; }
.case-head h1 { margin: 0; }
.case-head .number { color: var(--soft); letter-spacing: .04em; font-size: 1.0625rem; }
.case-tags { display: flex; flex-wrap: wrap; gap: .3rem .4rem; margin: 0 0 .9rem; }
.bench { display: grid; gap: 1.25rem; align-items: start; }
.bench > * { min-width: 0; }
@media (min-width: 62rem) { .bench { grid-template-columns: minmax(0, 1fr) 26rem; } }
.panel { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.15rem; margin: 0 0 1.1rem; }
.panel > :last-child { margin-bottom: 0; }
.panel .summary { border-top: 0; margin: 0; }
.panel .summary-row { padding: .4rem 0; }
.panel .summary-row:last-child { border-bottom: 0; }
.panel .summary dt { color: var(--soft); font-weight: 600; font-size: .9063rem; }
@media (min-width: 40rem) { .panel .summary-row { grid-template-columns: 9.5rem 1fr auto; } }
.panel table { margin-bottom: .75rem; }
.panel th, .panel td { padding: .42rem .75rem .42rem 0; }
.panel tfoot th, .panel tfoot td { font-weight: 700; color: var(--ink); border-bottom: 0; }
.unknown { color: var(--amber); font-weight: 600; }
.findings { list-style: none; margin: 0; padding: 0; }
.findings li { display: flex; gap: .6rem; padding: .4rem 0; border-bottom: 1px solid var(--line); margin: 0; }
.findings li:last-child { border: 0; }
.findings .mark { flex: none; width: 1.4rem; height: 1.4rem; border-radius: 50%; display: inline-grid; place-items: center; font-weight: 700; font-size: .875rem; background: var(--amber-wash); color: var(--amber); }
.findings .failed .mark { background: var(--error-wash); color: var(--error); }
.desk .holder { margin-bottom: 1.1rem; padding: .9rem 1.15rem; }
.holder-due { margin: 0; }
.verdicts { border: 1px solid var(--strong-line); border-radius: 6px; background: var(--sheet); overflow: clip; margin: 0 0 1.1rem; }
.verdicts > h2 { margin: 0 !important; padding: .7rem 1.15rem; background: var(--pine); color: var(--on-pine); }
.verdict { margin: 0; border-top: 1px solid var(--line); }
.verdict:first-of-type { border-top: 0; }
.verdict > summary { display: flex; align-items: center; gap: .65rem; min-height: 3rem; padding: .5rem 1.15rem; text-decoration: none; color: var(--ink); font-weight: 700; list-style: none; }
.verdict > summary::-webkit-details-marker { display: none; }
.verdict > summary::before { content: ""; flex: none; width: 1.1rem; height: 1.1rem; border-radius: 50%; border: 2px solid var(--strong-line); background: var(--sheet); }
.verdict[open] > summary::before { border: .36rem solid var(--pine); }
.verdict > summary:hover { background: var(--pine-wash); }
.verdict > summary:focus-visible { box-shadow: inset 0 -4px var(--focus-ink); }
.verdict[open] > summary { background: var(--pine-wash); }
.verdict.no[open] > summary { background: var(--error-wash); }
.verdict.no[open] > summary::before { border-color: var(--error); }
.verdict > form, .verdict > div { padding: .9rem 1.15rem 1.1rem; }
.verdict .entry-rows .cell-quantity, .verdict .entry-rows .cell-unit { width: 4.5rem; }
.verdict .columns.three { grid-template-columns: 1fr; }
.verdict .button { width: 100%; }
.quiet > .verdict > summary { font-weight: 400; }
.quiet > div h3 { margin-top: 0; }
.quiet > div form { border-top: 1px solid var(--line); padding: .6rem 0; }
.reasons { list-style: none; padding: 0; margin: .5rem 0 0; display: grid; gap: .5rem; }
.reasons li { margin: 0; }
.quiet > div { padding: .9rem 1.15rem; }
.give { width: 100%; margin: 0 0 1rem; }
.give td, .give th { vertical-align: middle; padding: .35rem .5rem .35rem 0; }
.give td:last-child, .give th:last-child { width: 8rem; padding-right: 0; }
main.wide .give .field { margin: 0; }
.tick { display: inline-flex; align-items: center; gap: .4rem; min-height: 2.75rem; font-size: .9063rem; cursor: pointer; }
.tick input { width: 1.35rem; height: 1.35rem; accent-color: var(--pine); margin: 0; }
.tick input:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.offers { list-style: none; padding: 0; margin: 0 0 .5rem; }
.offer-choice { display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between; align-items: center; border: 1px solid var(--line); border-left: 4px solid var(--pine); border-radius: 4px; padding: .6rem .8rem; margin: 0 0 .6rem; }
.offer-choice .button { width: auto; min-height: 2.75rem; padding: .3rem 1rem; }
.offer-choice form { margin: 0; }
.offer-choice p { margin: 0; flex: 1 1 14rem; }
.roster td, .roster th { font-variant-numeric: tabular-nums; }
.roster :is(td, th):nth-child(2) { min-width: 5em; }
.roster-scroll { max-height: 24.6rem; overflow: auto; border: 1px solid var(--line); border-radius: 4px; margin-bottom: .75rem; }
.roster-scroll table { margin: 0; }
.roster-scroll thead th { position: sticky; top: 0; background: var(--sheet); box-shadow: inset 0 -1px var(--strong-line); }
.roster-scroll th:first-child, .roster-scroll td:first-child { padding-left: .75rem; }
.jump { display: inline-flex; margin: 0 0 1rem; }
@media (min-width: 62rem) { .jump { display: none; } }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 0 0 1.25rem; padding: 0; list-style: none; }
.figures li { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; margin: 0; color: var(--soft); font-size: .9063rem; }
.figures strong { display: block; color: var(--ink); font-size: 1.5rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.two-up { display: grid; gap: 1.25rem; align-items: start; }
.two-up > * { min-width: 0; }
@media (min-width: 62rem) { .two-up { grid-template-columns: minmax(0, 1fr) 27rem; } }
.mails form + details, .mails details form + table { margin-top: 1rem; }
.mails li form, table.list form { margin: 0; }
.mails li .link-button, table.list .link-button { padding: 0; min-height: 1.75rem; }
.narrow { max-width: 50rem; }
main.wide .actions { margin: 1.25rem 0; }
.programme { padding: 1rem 1.15rem; }
.programme h2 { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: center; }
.meter { margin: .3rem 0 .5rem; }
.entry-rows { width: 100%; }
main.wide .entry-rows .field { margin: 0; }
.entry-rows .cell-quantity, .entry-rows .cell-unit { width: 7.5rem; }
.entry-rows .cell-amount { width: 12rem; }
.entry-rows th, .entry-rows td { padding: .25rem .5rem .25rem 0; border: 0; }
main.wide .group > legend { font-size: 1.0625rem; margin-bottom: .5rem; }
main.wide .group { margin-bottom: 1.25rem; }
@media (max-width: 39.99rem) {
  .leg.ahead { display: none; }
  .entry-rows tr { padding: .5rem 0; }
  .entry-rows.stacked td[data-label] { padding-left: 0; }
  .entry-rows.stacked td[data-label]::before { float: none; display: block; width: auto; margin: 0; }
  table.list.stacked { border: 0; background: none; }
  table.list.stacked tr { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; margin-bottom: .7rem; }
  table.list.stacked td, table.list.stacked tbody tr:hover td { padding-block: .1rem; padding-right: 0; background: none; }
  table.list.stacked td:not([data-label]) { padding-left: 0; }
  table.list .due { white-space: normal; }
  table.list.stacked th[scope="row"] { display: block; padding: .1rem 0 .3rem; border: 0; }
}
`;
