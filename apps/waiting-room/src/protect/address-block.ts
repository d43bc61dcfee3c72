// The block of addresses a request comes from: /24 of IPv4, /48 of IPv6, about what one hand can have for the asking. A
// proxy's word on who stands behind it counts only when the proxy is on our list.
import { BlockList, isIP } from 'node:net';

/** Texts as `10.0.0.0/8`, `::1`. Throws RangeError for what is none. */
export function addressList(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = familyOf(address);
    if (family === null) throw new RangeError(`${entry} is neither an address nor a block of addresses`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const known = new Map<string, boolean>();
  return (address) => {
    const kept = known.get(address);
    if (kept !== undefined) return kept;
    const family = familyOf(address);
    const isListed = family !== null && list.check(address, family);
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(address, isListed);
    return isListed;
  };
}

const KNOWN_MAX = 10_000;

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
}

/** Who asks: the peer, or the nearest address in X-Forwarded-For that is not a proxy of ours. */
export function askerOf(
  peer: string,
  { forwardedFor, isTrusted }: { readonly forwardedFor: string | undefined; isTrusted(address: string): boolean },
): string {
  if (forwardedFor === undefined || !isTrusted(peer)) return peer;
  const hops = forwardedFor.split(',').map((hop) => hop.trim());
  for (let i = hops.length - 1; i >= 0; i--) {
    const hop = (hops[i] as string).replace(/^::ffff:/, '');
    if (isIP(hop) === 0) return peer; // a proxy of ours would have written an address
    if (i === 0 || !isTrusted(hop)) return hop;
  }
  return peer;
}

/** A name of the block, without white space. */
export function blockOf(address: string): string {
  const dot = address.lastIndexOf('.');
  if (dot > 0 && !address.includes(':')) return address.slice(0, dot);
  return groupsOf(address).slice(0, 3).join('-');
}

/** The eight groups of an IPv6 address, zeros written out. */
function groupsOf(address: string): string[] {
  const [before = '', after] = (address.split('%')[0] as string).split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros =
    after === undefined ? [] : Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...head, ...zeros, ...tail].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}
