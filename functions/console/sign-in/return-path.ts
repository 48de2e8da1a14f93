/** Where signing in leads when nobody asked for a page. */
const HOME = '/console';

/**
 * The page of the console that somebody wanted to see, or the inbox when it is anything else: a link that leads out of
 * the console, or to another host, is never followed.
 */
export function returnPath(wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > 1000 || !/^\/console(?:[/?]|$)/.test(wanted)) return HOME;
  // backslashes and control characters are read differently by different browsers
  if (/[\\\s]/.test(wanted) || wanted !== wanted.replace(/[^\x21-\x7e]/g, '')) return HOME;
  const url = URL.parse(wanted, 'https://here.invalid');
  if (url === null || url.origin !== 'https://here.invalid' || !/^\/console(?:\/|$)/.test(url.pathname)) return HOME;
  if (/^\/console\/(?:sign-in|callback|sign-out|signed-out)(?:\/|$)/.test(url.pathname)) return HOME;
  return url.pathname + url.search;
}
