import type { Context } from 'hono';
import { isHttps } from './security-headers.ts';

/** Scheme, host and port under which people reach the pages. @param publicUrl where the installation says so */
export function originOf(c: Context, { publicUrl }: { readonly publicUrl?: string | undefined }): string {
  if (publicUrl) return new URL(publicUrl).origin;
  return `${isHttps(c) ? 'https' : 'http'}://${new URL(c.req.url).host}`;
}
