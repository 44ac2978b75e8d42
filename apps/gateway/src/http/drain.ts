import type { FastifyInstance } from 'fastify';

/** Longest time that requests in hand get at shutdown, milliseconds. */
const DRAIN_MS = 5_000;
const CHECK_MS = 50;

/** Counts requests in hand, so that a stop answers them and then cuts what stays open for requests that never come. */
export class Drain {
  private inHand = 0;

  constructor(private readonly fastify: FastifyInstance) {
    fastify.addHook('onRequest', (_request, _reply, done) => {
      this.inHand += 1;
      done();
    });
    fastify.addHook('onResponse', (_request, _reply, done) => {
      this.inHand -= 1;
      done();
    });
  }

  /**
   * Runs `close`, and ends the connections once nothing is in hand. Node waits a minute and more for connections that are
   * kept open, and for those that never sent a request.
   */
  async during(close: () => Promise<void>): Promise<void> {
    const deadline = performance.now() + DRAIN_MS;
    const check = setInterval(() => {
      if (this.inHand <= 0 || performance.now() > deadline) this.fastify.server.closeAllConnections();
    }, CHECK_MS);
    try {
      await close();
    } finally {
      clearInterval(check);
    }
  }
}
