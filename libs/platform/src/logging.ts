import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { currentTrace } from '#messaging/trace.js';

/** What Nest tells of its own building at level info; of use only to whoever looks for a fault in it. */
const FRAMEWORK = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's logger on pino: one line per entry, in JSON or for the eye, with the correlation id of the work in hand. */
export class ServiceLogger implements LoggerService {
  private readonly pino: Logger;

  /**
   * @param service name that every line carries; @param level lowest level that is written
   * @param format `pretty` is for a terminal that shows several services, each under its name already
   */
  constructor(service: string, level: string, format: 'json' | 'pretty' = 'json') {
    const options: LoggerOptions = {
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
    };
    this.pino = format === 'pretty' ? pino(options, forTheEye(process.stdout)) : pino(options);
  }

  log(message: unknown, ...rest: unknown[]): void {
    const named = context(rest);
    if (FRAMEWORK.has(named.context ?? '')) this.pino.debug(named, text(message));
    else this.pino.info(named, text(message));
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

/** Writes entries as one line each, `warn  Relay: message`; an error with its stack below. */
export function forTheEye(out: Pick<NodeJS.WritableStream, 'write'>): DestinationStream {
  return {
    write: (json) => {
      const entry = JSON.parse(json) as Partial<
        Record<'level' | 'context' | 'msg' | 'correlationId' | 'stack', string>
      > & {
        err?: { stack?: string };
      };
      const { level = 'info', context: from, msg = '', correlationId } = entry;
      const who = from === undefined ? '' : `${from}: `;
      const trace = correlationId === undefined ? '' : ` (${correlationId})`;
      const stack = entry.err?.stack ?? entry.stack;
      out.write(`${level.padEnd(5)} ${who}${msg}${trace}\n${stack === undefined ? '' : `${stack}\n`}`);
    },
  };
}
