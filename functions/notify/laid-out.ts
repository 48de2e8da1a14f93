import type { Language } from '../../shared/domain/language.ts';
import type { Mail } from './mailer.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** Things under a heading, each with its own link. */
interface Linked {
  readonly head: string;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}

/** What stands in a mail: paragraphs, lists, the one link with what it does, and who sent it. */
interface Content {
  readonly paragraphs: readonly (string | Linked)[];
  readonly link: string;
  /** what the link does */
  readonly open: string;
  readonly footer: string;
}

function paragraphText(part: string | Linked): string {
  return typeof part === 'string'
    ? part
    : [part.head, ...part.items.map((item) => `- ${item.text}\n  ${item.link}`)].join('\n');
}

function paragraphHtml(part: string | Linked): string {
  if (typeof part === 'string') return `<p>${escapeHtml(part).replaceAll('\n', '<br>')}</p>`;
  const items = part.items.map((item) => `<li><a href="${escapeHtml(item.link)}">${escapeHtml(item.text)}</a></li>`);
  return `<p><b>${escapeHtml(part.head)}</b></p>\n<ul>${items.join('\n')}</ul>`;
}

/** A mail's text, plain and as HTML. */
export function laidOut(language: Language, { paragraphs, link, open, footer }: Content): Pick<Mail, 'text' | 'html'> {
  const html = paragraphs.map(paragraphHtml).join('\n');
  return {
    text: [...paragraphs.map(paragraphText), `${open}: ${link}`, footer].join('\n\n'),
    html: `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8"><body style="font:16px/1.6 sans-serif;max-width:36em;margin:0 auto;padding:1em">
${html}
<p><a href="${escapeHtml(link)}" style="display:inline-block;padding:.6em 1.2em;background:#0b5d51;color:#fff;text-decoration:none;border-radius:4px">${open}</a></p>
<p style="color:#555;font-size:14px;word-break:break-all">${escapeHtml(link)}</p>
<p style="color:#555;font-size:14px">${footer}</p></body></html>`,
  };
}
