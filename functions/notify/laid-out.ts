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

/** What stands in a mail: paragraphs, the one link with what it does, and who sent it. */
interface Content {
  readonly paragraphs: readonly string[];
  readonly link: string;
  /** what the link does */
  readonly open: string;
  readonly footer: string;
}

/** A mail's text, plain and as HTML. */
export function laidOut(language: Language, { paragraphs, link, open, footer }: Content): Pick<Mail, 'text' | 'html'> {
  const html = paragraphs.map((text) => `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`).join('\n');
  return {
    text: [...paragraphs, `${open}: ${link}`, footer].join('\n\n'),
    html: `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8"><body style="font:16px/1.6 sans-serif;max-width:36em;margin:0 auto;padding:1em">
${html}
<p><a href="${escapeHtml(link)}" style="display:inline-block;padding:.6em 1.2em;background:#0b5d51;color:#fff;text-decoration:none;border-radius:4px">${open}</a></p>
<p style="color:#555;font-size:14px;word-break:break-all">${escapeHtml(link)}</p>
<p style="color:#555;font-size:14px">${footer}</p></body></html>`,
  };
}
