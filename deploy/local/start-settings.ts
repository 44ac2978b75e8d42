import { resolve } from 'node:path';
import { Problem } from './problem.ts';

/** What can be chosen when starting. */
export interface StartSettings {
  readonly port: number;
  readonly dataDir: string;
  readonly demo: boolean;
  readonly logLevel: string;
  readonly smtpUrl: string | undefined;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Reads PORT, DATA_DIR, DEMO, LOG_LEVEL and SMTP_URL; throws a Problem that names the wrong one. */
export function startSettings(env: NodeJS.ProcessEnv, root: string): StartSettings {
  const port = Number(valueOf(env, 'PORT') ?? '3000');
  // The issuer takes the port after it.
  if (!Number.isInteger(port) || port < 1 || port > 65_534) {
    throw new Problem(`PORT is "${env['PORT'] ?? ''}"; it must be a whole number from 1 to 65534.`);
  }
  const demo = valueOf(env, 'DEMO') ?? '1';
  if (demo !== '0' && demo !== '1') throw new Problem(`DEMO is "${demo}"; it can be 1 (demo data) or 0 (empty).`);
  const logLevel = valueOf(env, 'LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw new Problem(`LOG_LEVEL is "${logLevel}"; it can be ${LOG_LEVELS.join(', ')}.`);
  }
  return {
    port,
    dataDir: resolve(root, valueOf(env, 'DATA_DIR') ?? '.data'),
    demo: demo === '1',
    logLevel,
    smtpUrl: valueOf(env, 'SMTP_URL'),
  };
}

function valueOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
}
