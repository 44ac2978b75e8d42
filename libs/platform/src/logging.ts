import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { currentTrace } from '#messaging/trace.js';

/** Nest's logger on pino: one JSON line per entry, with the correlation id of the work in hand. */
export class ServiceLogger implements LoggerService {
  private readonly pino: Logger;

  /** @param service name that every line carries; @param level lowest level that is written */
  constructor(service: string, level: string) {
    this.pino = pino({
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Should a secret ever reach a log call, its value does not reach the log.
      redact: { paths: ['*.password', '*.token', '*.authorization', '*.cookie', '*.bsn'], censor: '***' },
      mixin: () => {
        const trace = currentTrace();
        return trace ? { correlationId: trace.correlationId } : {};
      },
    });
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.pino.info(context(rest), text(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const error = message instanceof Error ? { err: message } : {};
    this.pino.error({ ...context(rest), ...error, ...(stack ? { stack } : {}) }, text(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.pino.warn(context(rest), text(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.pino.debug(context(rest), text(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.pino.trace(context(rest), text(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.pino.fatal(context(rest), text(message));
  }
}

function context(rest: unknown[]): { context?: string } {
  const last = rest.at(-1);
  return typeof last === 'string' ? { context: last } : {};
}

function text(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
