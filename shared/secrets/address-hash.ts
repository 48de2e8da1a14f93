import { createHmac } from 'node:crypto';
import { BlockList, isIP, isIPv6 } from 'node:net';

const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** The eight groups of an IPv6 address, without its zone. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('%', 1)[0]?.toLowerCase().split('::') ?? [];
  const parts = (text: string) => text.split(':').filter((part) => part !== '');
  const first = parts(head);
  const last = tail === undefined ? [] : parts(tail);
  // an IPv4 address at the end stands for two groups, and is never among the first four
  const width = first.length + last.length + ([...first, ...last].some((part) => part.includes('.')) ? 1 : 0);
  return [...first, ...Array<string>(Math.max(0, 8 - width)).fill('0'), ...last];
}

/**
 * Whom an address stands for: an IPv4 address for itself, an IPv6 address for its /64, which is what one household or
 * office has, and could otherwise give itself as many addresses as it likes. What is no address is one knocker too.
 */
export function networkOf(address: string): string {
  // some proxies add the port
  const plain = address
    .trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1');
  if (!isIP(plain)) return 'unknown';
  if (!isIPv6(plain)) return plain;
  if (mapped.check(plain.split('%', 1)[0] ?? '', 'ipv6')) {
    const v4 = /(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
    if (v4) return v4;
  }
  const network = groupsOf(plain).slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** The /48 around an IPv6 address, of which a free tunnel gives 65,536 times a /64; nothing around any other. */
export function siteOf(address: string): string | undefined {
  const [network, bits] = networkOf(address).split('::/');
  return bits === '64' && network ? `${network.split(':').slice(0, 3).join(':')}::/48` : undefined;
}

function hashOf(key: Buffer, network: string): string {
  return createHmac('sha256', key).update(network).digest('base64url').slice(0, 22);
}

/** Counts by address without keeping addresses: a keyed hash of its network, useless without the key. */
export function addressHash(key: Buffer, address: string): string {
  return hashOf(key, networkOf(address));
}

/** The same of what is around the network; undefined where nothing is counted. */
export function siteHash(key: Buffer, address: string): string | undefined {
  const site = siteOf(address);
  return site && hashOf(key, site);
}
