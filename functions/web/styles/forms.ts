/** Fields, buttons, errors. Anything to be touched is at least 44 px high. */
export const formStyles = `
.field { margin: 0 0 1.6rem; min-width: 0; border: 0; padding: 0; }
.field .field { margin-bottom: 0; }
.wrong { border-left: 5px solid var(--error); padding-left: .9rem; }
.label { display: block; font-weight: 700; margin-bottom: .25rem; padding: 0; }
.optional { font-weight: 400; color: var(--soft); font-size: .9375em; }
.hint { color: var(--soft); margin: 0 0 .4rem; font-size: .9688rem; font-weight: 400; }
.field-error { color: var(--error); font-weight: 700; margin: 0 0 .4rem; }
.control {
  font: inherit; color: var(--ink); background: var(--sheet);
  width: 100%; min-height: 2.875rem; padding: .45rem .7rem;
  border: 2px solid var(--strong-line); border-radius: 4px;
  appearance: none;
}
select.control {
  padding-right: 2.4rem; text-overflow: ellipsis;
  background-image: linear-gradient(45deg, transparent 50%, var(--soft) 50%), linear-gradient(-45deg, transparent 50%, var(--soft) 50%);
  background-position: right 1.2rem center, right .85rem center;
  background-size: .4rem .4rem;
  background-repeat: no-repeat;
}
textarea.control { line-height: 1.5; resize: vertical; }
.control.file { border-style: dashed; padding: .6rem; }
.short { max-width: 9rem; }
@media (min-width: 40rem) { .medium { max-width: 20rem; } }
.wrong .control { border-color: var(--error); }
.wrong .wrong { border: 0; padding: 0; }
.control:focus-visible { outline: 3px solid var(--focus); outline-offset: 0; border-color: var(--focus-ink); box-shadow: inset 0 0 0 1px var(--focus-ink); }
@media (prefers-color-scheme: dark) { .control:focus-visible { border-color: var(--focus); box-shadow: none; } }
.with-suffix { display: flex; align-items: center; gap: .5rem; }
.suffix { color: var(--soft); }
.choice { display: flex; align-items: flex-start; min-height: 2.75rem; }
.choice input {
  appearance: none; flex: none; width: 1.75rem; height: 1.75rem; margin: .4rem .75rem .4rem 0;
  border: 2px solid var(--strong-line); background: var(--sheet); border-radius: 4px; cursor: pointer;
}
.choice input[type=radio] { border-radius: 50%; }
.choice input:checked { border-color: var(--pine); background: var(--pine); box-shadow: inset 0 0 0 .34rem var(--sheet); }
.choice input:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-color: var(--focus-ink); }
.choice label { padding: .5rem 0; cursor: pointer; flex: 1; }
.choice label .hint { display: block; margin: 0; }
.button {
  font: inherit; font-weight: 700; line-height: 1.3; cursor: pointer; text-decoration: none; text-align: center;
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.875rem; padding: .5rem 1.4rem;
  color: var(--on-pine); background: var(--pine); border: 2px solid transparent; border-radius: 4px;
  box-shadow: 0 3px 0 var(--pine-deep);
}
.button:hover { background: var(--pine-deep); color: var(--on-pine); }
.button:active { transform: translateY(2px); box-shadow: none; }
.button.second { color: var(--ink); background: var(--sheet); border-color: var(--strong-line); box-shadow: none; }
.button.second:hover { background: var(--pine-wash); color: var(--ink); }
.button.danger { background: var(--error); color: var(--sheet); box-shadow: 0 3px 0 color-mix(in srgb, var(--error), #000 35%); }
.button:focus-visible, .link-button:focus-visible { outline: none; background: var(--focus); color: var(--focus-ink); border-color: var(--focus-ink); box-shadow: 0 3px 0 var(--focus-ink); }
.link-button { font: inherit; background: none; border: 0; padding: .5rem 0; min-height: 2.75rem; color: var(--pine); text-decoration: underline; text-underline-offset: .2em; cursor: pointer; }
.link-button:hover { text-decoration-thickness: 3px; color: var(--pine-deep); }
[hidden] { display: none; }
.actions { display: flex; flex-wrap: wrap; gap: .9rem 1rem; align-items: center; margin: 2rem 0 1rem; }
@media (max-width: 26rem) { .actions .button { width: 100%; } }
.error-summary { border: 4px solid var(--error); background: var(--sheet); padding: 1.1rem 1.1rem .4rem; margin-bottom: 2rem; border-radius: 4px; }
.error-summary h2 { font-size: 1.1875rem; margin: 0 0 .5em; }
.error-summary ul { list-style: none; padding: 0; }
.error-summary a { color: var(--error); font-weight: 700; }
.error-summary a:focus-visible { color: var(--focus-ink); }
.group { border: 0; padding: 0; margin: 0 0 2rem; min-width: 0; }
.group > legend { font-size: 1.25rem; font-weight: 700; padding: 0; margin-bottom: .9rem; }
.columns { display: grid; gap: 0 1rem; }
.columns > .field { margin-bottom: 1.2rem; }
@media (min-width: 40rem) { .columns.two { grid-template-columns: 1fr 1fr; } .columns.three { grid-template-columns: repeat(3, 1fr); } }
.rows { list-style: none; padding: 0; margin: 0 0 1rem; counter-reset: row; }
.row-card { background: var(--sheet); border: 1px solid var(--line); border-left: 4px solid var(--pine); border-radius: 4px; padding: 1rem 1rem .25rem; margin-bottom: 1rem; }
.row-head { display: flex; justify-content: space-between; align-items: center; gap: 1rem; margin-bottom: .5rem; font-weight: 700; }
.row-head .link-button { padding: 0; font-weight: 400; }
.row-card .field { margin-bottom: 1rem; }
.row-line { display: grid; gap: 0 1rem; align-items: end; }
.row-line.lines { grid-template-columns: 1fr 1fr; }
.row-line.lines > :nth-child(-n+2) { grid-column: 1 / -1; }
@media (min-width: 40rem) { .row-line.lines > :nth-child(-n+2) { grid-column: auto; } .row-line.budget { grid-template-columns: 1fr 12rem; } .row-line.person { grid-template-columns: 9rem 1fr 11rem; } }
.row-card.good { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 1rem; padding: .2rem 1rem; margin-bottom: .5rem; }
.steps { color: var(--soft); margin: 0 0 .4rem; font-size: .9688rem; letter-spacing: .03em; }
`;
