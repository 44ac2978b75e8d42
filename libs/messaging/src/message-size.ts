/** Bytes that a message must be able to carry: the largest body that the gateway takes (1 MB), and what has no pages. */
const LEAST_BYTES = 4 * 1024 * 1024;

/**
 * Refuses a broker that carries less than we may send: it would fail much later, for the largest files only.
 * @param most bytes of a message, as the broker told; undefined when it did not
 * @throws Error with one line that names the setting
 */
export function refuseSmallMessages(most: number | undefined): void {
  if (most !== undefined && most < LEAST_BYTES) {
    throw new Error(`NATS carries messages of at most ${most} bytes; set its max_payload to 4MB`);
  }
}
