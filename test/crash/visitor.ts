import { giveFile } from '../contract/give-file.ts';
import { fieldsOf, problemsIn } from '../contract/site-stand.ts';

/** A page as a browser without scripts has it. */
export interface Page {
  /** where it came from in the end, without the host */
  readonly path: string;
  readonly html: string;
}

type Fields = Readonly<Record<string, string>>;

/**
 * Somebody with a browser without scripts: it keeps cookies, follows redirects and sends the forms it is shown. Every
 * answer that is an error is thrown, with what the page says is wrong.
 */
export interface Visitor {
  open(path: string): Promise<Page>;
  /** Sends the fields of a page's form, with changes, to an address. */
  send(page: Page, path: string, fields: Fields): Promise<Page>;
  /** Sends a file by the page's form for one. */
  give(page: Page, name: string, content: string): Promise<Page>;
  /** Signs in at the local issuer as a person of the demo. */
  signIn(person: string): Promise<Page>;
}

/** The hidden field that the console puts into its forms. */
function csrfOf(html: string): Fields {
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1];
  return csrf === undefined ? {} : { csrf };
}

export function visitor(url: string): Visitor {
  const jar = new Map<string, string>();

  const request = async (path: string, init: RequestInit = {}): Promise<Page> => {
    let at = new URL(path, url);
    for (let turn = init; ; turn = {}) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(at, { ...turn, redirect: 'manual', headers: { cookie, origin: at.origin } });
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (value === '' || /max-age=0/i.test(set)) jar.delete(name);
        else jar.set(name, value);
      }
      const html = await response.text();
      const location = response.headers.get('location');
      if (!location) {
        if (!response.ok)
          throw new Error(`${at.pathname} answers ${response.status}: ${problemsIn(html).join() || html}`);
        return { path: at.pathname + at.search, html };
      }
      at = new URL(location, at);
    }
  };

  return {
    open: (path) => request(path),
    send: (page, path, fields) =>
      request(path, {
        method: 'POST',
        body: new URLSearchParams({ ...fieldsOf(page.html), ...csrfOf(page.html), ...fields }),
      }),
    give: async (page, name, content) => request(await giveFile(page.html, content, name)),
    async signIn(person) {
      const asked = await request('/console');
      const action = /<form method="post" action="([^"]+)"/.exec(asked.html)?.[1];
      if (!action) throw new Error(`the issuer does not ask who one is: ${asked.path} ${asked.html}`);
      return request(action.replaceAll('&amp;', '&'), { method: 'POST', body: new URLSearchParams({ sub: person }) });
    },
  };
}
