import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressObject, simpleParser } from 'mailparser';
import { html, page, raw, send, zone } from '../console/html.ts';
import { moment } from '../console/moment.ts';
import type { MailQuery, MailStore, StoredMail } from './mail-store.ts';

const PAGE = 50;

/**
 * The mailbox at `/mail`: what was sent, to whom, and how it looks. `/mail/api?to=&before=&limit=` gives the same as
 * JSON, with text and HTML of each mail.
 */
export async function handleMailbox(
  store: MailStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, , first = '', second = ''] = url.pathname.split('/');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(response, 405, 'text/plain', 'Method Not Allowed');
  const query: MailQuery = {
    to: url.searchParams.get('to') || undefined,
    before: Number(url.searchParams.get('before')) || undefined,
    limit: Math.min(200, Math.max(0, Math.trunc(Number(url.searchParams.get('limit')))) || PAGE),
  };
  if (first === '') return send(response, 200, 'text/html', list(store, query));
  if (first === 'api') return send(response, 200, 'application/json', JSON.stringify(await asJson(store, query)));
  const mail = /^\d+$/.test(first) ? store.read(Number(first)) : undefined;
  if (mail === undefined) return send(response, 404, 'text/plain', 'There is no such mail.');
  if (second === 'source') return send(response, 200, 'text/plain', mail.source.toString('utf8'));
  if (second === 'html') return sendHtmlPart(response, mail);
  return send(response, 200, 'text/html', await view(mail));
}

function list(store: MailStore, query: MailQuery): string {
  const mails = store.list(query);
  const last = mails.at(-1);
  const to = query.to === undefined ? '' : `&to=${encodeURIComponent(query.to)}`;
  return page(
    'Mailbox',
    html`<h1>Mailbox</h1>
      <form action="/mail"><label>To <input name="to" type="search" value="${query.to ?? ''}"></label> <button>Show</button></form>
      ${mails.length === 0 ? html`<p>No mail.</p>` : ''}
      <ul class="mails">${mails.map(
        (mail) => html`<li><a href="/mail/${mail.id}"><b>${mail.subject || '(no subject)'}</b>
          <span>to ${mail.recipients.join(', ')}</span> ${moment(mail.at)}</a></li>`,
      )}</ul>
      ${last !== undefined && mails.length === query.limit ? html`<p><a href="/mail?before=${last.id}${raw(to)}">Older</a></p>` : ''}`,
  );
}

async function view(mail: StoredMail): Promise<string> {
  const parsed = await simpleParser(mail.source, { skipTextToHtml: true });
  return page(
    mail.subject,
    html`<p><a href="/mail">Mailbox</a></p><h1>${mail.subject || '(no subject)'}</h1>
      <dl><dt>From</dt><dd>${parsed.from?.text ?? mail.from}</dd><dt>To</dt><dd>${mail.recipients.join(', ')}</dd>
        <dt>Sent</dt><dd>${moment(mail.at)} ${zone}</dd></dl>
      ${parsed.attachments.length > 0 ? html`<p>Attachments: ${parsed.attachments.map((each) => each.filename ?? each.contentType).join(', ')}</p>` : ''}
      ${parsed.html === false || parsed.html === undefined ? '' : html`<h2>HTML</h2><iframe sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" src="/mail/${mail.id}/html" title="The mail as HTML"></iframe>`}
      <h2>Text</h2><pre>${raw(linked(parsed.text ?? ''))}</pre>
      <p><a href="/mail/${mail.id}/source">Source</a></p>`,
  );
}

/** The HTML part alone, for the frame: it may show itself and nothing else, least of all run anything. */
async function sendHtmlPart(response: ServerResponse, mail: StoredMail): Promise<void> {
  const parsed = await simpleParser(mail.source, { skipTextToHtml: true });
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
  );
  const base = '<base target="_top">';
  send(response, 200, 'text/html', `${base}${parsed.html === false ? '' : (parsed.html ?? '')}`);
}

async function asJson(store: MailStore, query: MailQuery) {
  const mails = store.list(query);
  const items = await Promise.all(
    mails.map(async (mail) => {
      const parsed = await simpleParser(store.read(mail.id)?.source ?? '', {
        skipTextToHtml: true,
        skipHtmlToText: true,
      });
      const addresses = (found: AddressObject | AddressObject[] | undefined) =>
        [found ?? []].flat().map((each) => each.text);
      return {
        id: mail.id,
        at: new Date(mail.at).toISOString(),
        messageId: parsed.messageId ?? mail.messageId,
        from: mail.from,
        recipients: mail.recipients,
        to: addresses(parsed.to),
        subject: mail.subject,
        text: parsed.text ?? '',
        html: parsed.html === false ? null : (parsed.html ?? null),
      };
    }),
  );
  return { items, nextCursor: mails.length === query.limit ? (mails.at(-1)?.id ?? null) : null };
}

/** Text with its links made clickable. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`).toString())
    .join('');
}
