import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** Markup that is written as it is. */
export class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

type Part = string | number | Markup | readonly Part[];

/** A template whose values are escaped, unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(
    strings.map((text, index) => `${text}${index < values.length ? written(values[index] ?? '') : ''}`).join(''),
  );
}

/** Text that is markup already. */
export function raw(text: string): Markup {
  return new Markup(text);
}

function written(value: Part): string {
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(written).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);
}

const style = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--soft:color-mix(in srgb,currentColor 6%,transparent);
--good:light-dark(#2e7d32,#81c784);--now:light-dark(#1565c0,#90caf9);--odd:light-dark(#b26a00,#ffb74d);--bad:light-dark(#c62828,#ef9a9a)}
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:0 1rem 3rem}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:.8rem 0;border-bottom:1px solid var(--line);align-items:baseline}
nav span{margin-left:auto;opacity:.75;font-size:.9rem}
a{color:var(--now)}
h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}
td,th{text-align:left;padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-size:.85rem;opacity:.75;font-weight:600}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td{overflow-wrap:anywhere;min-width:5rem}td.n{min-width:2.5rem}td:first-child{min-width:9rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);padding:.6rem .8rem;border-radius:.4rem;font-size:.85rem;max-height:30rem;overflow-y:auto;margin:.4rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}
iframe{width:100%;height:70vh;border:1px solid var(--line);border-radius:.4rem;background:#fff}
input,button{font:inherit;padding:.4rem .8rem;border:1px solid var(--line);border-radius:.4rem}
button{background:var(--now);color:light-dark(#fff,#111);border-color:transparent;cursor:pointer}
ul.mails{list-style:none;padding:0}
ul.mails a{display:block;padding:.7rem 0;border-bottom:1px solid var(--line);text-decoration:none;color:inherit}
ul.mails b{display:block}time{white-space:nowrap}
ul.mails span,time,form span{opacity:.75;font-size:.9rem}
.badge{font-size:.8rem;opacity:.8;overflow-wrap:anywhere}
.pill{font-size:.75rem;font-weight:600;padding:.1rem .5rem;border-radius:1rem;border:1px solid currentColor;white-space:nowrap;vertical-align:middle}
.good{color:var(--good)}.now{color:var(--now)}.odd{color:var(--odd)}.pill.bad,.error,td.bad{color:var(--bad)}
.card{border:1px solid var(--line);border-left:.35rem solid var(--now);border-radius:.4rem;padding:.1rem 1rem;margin:.8rem 0}
.card.bad{border-left-color:var(--bad)}.card.fine{border-left-color:var(--good)}.card p{margin:.6rem 0;overflow-wrap:anywhere}
.card form,.card details{margin:.6rem 0}
ol.way{list-style:none;padding:0;margin:0}
ol.way li{border-left:3px solid var(--good);padding:.15rem 0 .6rem 1.1rem;position:relative;margin-left:.5rem}
ol.way li::before{content:'';position:absolute;left:-.5rem;top:.5rem;width:.8rem;height:.8rem;border-radius:1rem;background:var(--good)}
ol.way li.now{border-color:transparent}ol.way li.now::before{background:var(--now)}
ol.way li.failed{border-color:transparent}ol.way li.failed::before{background:var(--bad)}
ol.way li.caught::before{background:var(--odd)}
ol.way span{font-size:.8rem;opacity:.7}ol.way p{margin:0}summary{cursor:pointer;font-size:.9rem}
.picture{overflow-x:auto;margin-top:1rem;border:1px solid var(--line);border-radius:.4rem}
.picture svg{min-width:44rem;max-width:100%;height:auto;display:block;margin:0 auto}
.log{list-style:none;padding:0;margin:0}.log li{padding:.25rem 0;border-bottom:1px solid var(--line);font-size:.85rem}.log code{white-space:pre-wrap;overflow-wrap:anywhere}
.history{margin-top:2rem}.cause{white-space:pre-wrap;overflow-wrap:anywhere;max-height:20rem;overflow-y:auto}ol.way li.now,ol.way li.failed{color:inherit}`;

/** Puts moments into the reader's own time and says which that is. Without it they stay in UTC, as it says then. */
const script = `for (const each of document.querySelectorAll('time[datetime]')) {
  each.title = each.textContent + ' UTC';
  each.textContent = new Date(each.dateTime).toLocaleString('sv-SE');
}
for (const each of document.querySelectorAll('[data-zone]')) each.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;`;
const scriptHash = createHash('sha256').update(script).digest('base64');

/** In which time moments are told. */
export const zone = raw('<span data-zone>UTC</span>');

/** A whole page with the console's look. `navigation` stands before what the page is about. */
export function page(title: string, body: Markup, navigation: Markup = html``): string {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${raw(style)}</style></head>
<body>${navigation}<main>${body}</main><script>${raw(script)}</script></body></html>`.toString();
}

/** Sends an answer that no browser keeps, that runs no script but the pages' own, and that no other page may frame. */
export function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (!response.hasHeader('content-security-policy')) {
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
  }
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  response.end(body);
}

/** A status as a small coloured label. */
export function pill(status: string): Markup {
  const kinds: Readonly<Record<string, string>> = {
    RUNNING: 'now',
    SUCCEEDED: 'good',
    success: 'good',
    FAILED: 'bad',
    TIMED_OUT: 'bad',
    error: 'bad',
    timeout: 'bad',
    ABORTED: 'odd',
  };
  return html`<span class="pill ${kinds[status] ?? ''}">${status}</span>`;
}

/** JSON text with a line for each of its members; other text as it is. */
export function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
