import type { Blueprint } from '../template/blueprint.ts';
import { html, type Markup } from './html.ts';

/** What a template calls something, without the hash that the CDK adds: short enough for a phone. */
export function shortName(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '') || logicalId;
}

/** A name that may be broken where its words meet, for narrow columns. */
export function breakable(name: string): Markup {
  const [first = '', ...words] = name.split(/(?<=[a-z0-9])(?=[A-Z])/);
  return html`${first}${words.map((word) => html`<wbr>${word}`)}`;
}

/** The short name of the function with this name or ARN. */
export function functionName({ functions }: Blueprint, called: string): string {
  const found = functions.find(({ name, arn }) => name === called || arn === called);
  return found === undefined ? called : shortName(found.logicalId);
}

/** Before which moment, or from when to when, a log is looked at; in milliseconds. */
export type LogSpan = { readonly at: number } | { readonly from: number; readonly to: number };

/** Where a function's log is, or what it says of a time: a few seconds more than was asked for. */
export function logAddress(called: string, span?: LogSpan): string {
  const name = /:function:([^:]+)/.exec(called)?.[1] ?? called;
  const address = `/_aws/functions/${encodeURIComponent(name)}`;
  if (span === undefined) return address;
  const { from, to } = 'at' in span ? { from: span.at - 120_000, to: span.at } : span;
  return `${address}?from=${Math.floor(from - 2_000)}&to=${Math.ceil(to + 2_000)}`;
}

/** A function by its short name, with the way to its log. */
export function functionLink(blueprint: Blueprint, called: string, span?: LogSpan): Markup {
  return html`<a href="${logAddress(called, span)}">${functionName(blueprint, called)}</a>`;
}
