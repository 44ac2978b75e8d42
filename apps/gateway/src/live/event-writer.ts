import type { ServerResponse } from 'node:http';

/** A reader who takes nothing for so long is cut off; it resumes from the last event that it saw. */
const SLOWEST_MS = 30_000;

/** Writes server-sent events to one connection, never faster than it reads. */
export class EventWriter {
  constructor(private readonly response: ServerResponse) {}

  /** One event; `id` is what the browser sends back as `Last-Event-ID`. */
  event(id: string, name: string, data: unknown): Promise<void> {
    return this.write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** A notice: an event that is no step in the stream, so the browser's position stays. */
  notice(name: string, data: unknown): Promise<void> {
    return this.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Says that the connection lives. */
  comment(text: string): Promise<void> {
    return this.write(`: ${text}\n\n`);
  }

  /** After which time, in milliseconds, the browser comes back when the connection breaks. */
  retryAfter(ms: number): Promise<void> {
    return this.write(`retry: ${ms}\n\n`);
  }

  end(): void {
    if (!this.response.writableEnded) this.response.end();
  }

  private async write(text: string): Promise<void> {
    if (this.response.destroyed || this.response.writableEnded) return;
    if (this.response.write(text)) return;
    await this.drained();
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.response.off('drain', done).off('close', done);
        resolve();
      };
      const timer = setTimeout(() => {
        this.response.destroy();
        done();
      }, SLOWEST_MS);
      this.response.on('drain', done).on('close', done);
    });
  }
}
