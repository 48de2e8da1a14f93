import type { Person } from './person.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
  h1 { font-size: 1.6rem; line-height: 1.25; }
  ul { list-style: none; padding: 0; }
  button { font: inherit; width: 100%; text-align: left; padding: .75rem 1rem; margin: 0 0 .5rem; color: #1a1a1a; background: #f4f6f8; border: 2px solid #5c6670; border-radius: .25rem; cursor: pointer; }
  button:hover { background: #e3e9ef; }
  button:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
  small { display: block; color: #4a4a4a; }
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

/** The page on which one chooses who to be. `action` is where the choice goes. */
export function signInPage(people: readonly Person[], action: string): string {
  const choices = people
    .map(
      ({ sub, name, email }) =>
        `<li><button name="sub" value="${safe(sub)}">${safe(name)}<small>${safe(sub)} · ${safe(email)}</small></button></li>`,
    )
    .join('\n');
  return page(
    '登录 Sign in',
    `<h1>以谁的身份登录？<br><span lang="en">Sign in as whom?</span></h1>
<p>这是本机的演示登录，不需要密码。<br><span lang="en">This is the sign-in of the local cloud: it asks for no password.</span></p>
<form method="post" action="${safe(action)}">
<ul>
${choices}
</ul>
</form>`,
  );
}

/** The page on which one signs out; with scripts it goes on by itself. `form` is the provider's. */
export function signOutPage(form: string): string {
  return page(
    '退出 Sign out',
    `<h1>退出登录<br><span lang="en">Sign out</span></h1>
${form}
<input type="hidden" form="op.logoutForm" name="logout" value="yes">
<button type="submit" form="op.logoutForm" autofocus>退出 <span lang="en">Sign out</span></button>
<script>document.getElementById('op.logoutForm').submit()</script>`,
  );
}

/** The page after signing out, for a client that named no other. */
export const signedOutPage = (): string =>
  page('已退出 Signed out', '<h1>您已退出登录。<br><span lang="en">You are signed out.</span></h1>');

/** What went wrong, in the issuer's words. */
export function errorPage(error: string, description: string): string {
  return page(
    '无法登录 Sign-in failed',
    `<h1>无法登录<br><span lang="en">Sign-in failed</span></h1>
<p>请返回并重新登录。<br><span lang="en">Go back and sign in again.</span></p>
<p lang="en"><code>${safe(error)}</code> ${safe(description)}</p>`,
  );
}
