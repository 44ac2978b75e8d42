import { BlockList, isIP, isIPv4 } from 'node:net';

/** What this installation allows webhooks to reach. */
export interface WebhookPolicy {
  /** Addresses inside the network too. */
  allowPrivate: boolean;
  /** http, and this machine: development and tests. */
  allowLoopback: boolean;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Networks that are never on the internet: private, shared, link-local (cloud metadata), documentation, multicast. */
const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(network, prefix, 'ipv6');
}

/** Whether a webhook may connect to an IP address. IPv4 inside IPv6 is judged as IPv4. */
export function mayReach(address: string, policy: WebhookPolicy): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  if (isIP(plain) === 0) return false;
  const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
  // A mapped address written in hexadecimal is no address that anybody publishes.
  if (family === 'ipv6' && /^(0*:)*:?ffff:/i.test(plain)) return false;
  if (loopback.check(plain, family)) return policy.allowLoopback || policy.allowPrivate;
  return policy.allowPrivate || !inside.check(plain, family);
}

/** Whether a URL may be subscribed at all: https, or http to this machine where that is allowed; no credentials. */
export function isAcceptableUrl(text: string, policy: WebhookPolicy): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const here = host === 'localhost' || (isIP(host) !== 0 && loopback.check(host, isIPv4(host) ? 'ipv4' : 'ipv6'));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here && policy.allowLoopback)) return false;
  if (here) return policy.allowLoopback || policy.allowPrivate;
  return isIP(host) === 0 || mayReach(host, policy);
}
