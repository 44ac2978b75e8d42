/** How to reach the broker, and as whom. */
export interface NatsAddress {
  servers: string[];
  user?: string;
  pass?: string;
  /** Where answers to this user come; a broker with permissions lets nobody listen to those of another. */
  inboxPrefix?: string;
}

/**
 * Reads NATS servers, comma separated, where the first may carry who connects: `nats://user:password@host:4222`. The
 * client library takes no credentials in an address, so that they are given apart.
 * @throws Error when an address is no URL; it does not say the address, which may hold a password.
 */
export function natsAddress(text: string): NatsAddress {
  const urls = text.split(',').map(parsed);
  const servers = urls.map(({ protocol, host }) => `${protocol}//${host}`);
  const known = urls.find(({ username }) => username !== '');
  if (!known) return { servers };
  const user = decodeURIComponent(known.username);
  return { servers, user, pass: decodeURIComponent(known.password), inboxPrefix: `_INBOX_${user}` };
}

function parsed(server: string): URL {
  const url = URL.parse(server.trim());
  if (url === null) throw new Error('NATS_URL holds something that is no address');
  return url;
}
