/** What a gateway answers by itself, before or instead of a function, and a proxy in front can show a page for: see `/errors/413`. */
export const gatewayStatuses = [413, 429, 500, 503] as const;
export type GatewayStatus = (typeof gatewayStatuses)[number];

/** Where the page for it is. */
export function gatewayPath(status: GatewayStatus): `/errors/${GatewayStatus}` {
  return `/errors/${status}`;
}
