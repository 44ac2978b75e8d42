import { createServer } from 'node:net';

/** Whether nothing listens on `port`, on the loopback address nor on all addresses. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port));
}

/** Where ports are given from: below those that systems give to outgoing connections, in blocks of so many. */
const FIRST_BLOCK = 12_000;
const LAST_BLOCK = 31_900;
const BLOCK = 100;

/** The block of this process, and how many of its ports were given. */
let ours: Promise<number> | undefined;
let given = 0;

/**
 * A port on the loopback address that is free, and that no other process which asks here is given: what is killed finds its
 * own port again. @throws Error when all are taken
 */
export async function freePort(): Promise<number> {
  ours ??= claimBlock();
  const block = await ours;
  for (let tries = 1; tries < BLOCK; tries += 1) {
    // The first is the one by which the block is held.
    const port = block + 1 + (given % (BLOCK - 1));
    given += 1;
    if (await isPortFree(port)) return port;
  }
  throw new Error(`All ports from ${block} to ${block + BLOCK - 1} are taken.`);
}

/** Holds a block by listening on its first port, as long as this process lives. */
async function claimBlock(): Promise<number> {
  for (let block = FIRST_BLOCK; block <= LAST_BLOCK; block += BLOCK) {
    const guard = createServer();
    const isClaimed = await new Promise<boolean>((resolve) => {
      guard.once('error', () => resolve(false));
      guard.listen(block, '127.0.0.1', () => resolve(true));
    });
    if (!isClaimed) continue;
    guard.unref();
    return block;
  }
  throw new Error(`All ports from ${FIRST_BLOCK} to ${LAST_BLOCK + BLOCK - 1} are taken.`);
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
