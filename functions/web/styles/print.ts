/** On paper: black on white, no navigation, links with what they say. */
export const printStyles = `
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --sheet: #fff; --line: #bbb; --pine: #000; --baton: #000; color-scheme: light; }
  body { font-size: 11pt; display: block; }
  .top { background: none; color: #000; border-bottom: 2px solid #000; }
  .name, .name-en { color: #000; }
  .language, .nav, .skip, .bottom, .actions, .button, .link-button, .bar-end { display: none; }
  main, .bar { max-width: none; padding: 0; }
  .leg-mark, .tag { print-color-adjust: exact; }
  .card, .ticket, .holder, .row-card, tr, .history li { break-inside: avoid; }
}
`;
