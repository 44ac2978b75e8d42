import 'reflect-metadata';
import { SystemClock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { readConfig } from '#platform/config.js';
import { LogRepository } from './log/log.repository.js';
import { LogVerifier } from './log/log-verifier.js';
import { VerifyConfig } from './verify.config.js';

/**
 * Walks the whole log from the command line. Progress goes to stderr, the outcome as JSON to stdout. Exit code 0: intact;
 * 1: an entry does not fit; 2: it could not be verified.
 */
async function main(): Promise<number> {
  const config = readConfig(VerifyConfig);
  const database = new Database({ url: config.MONGO_URL, name: `${config.DATABASE_PREFIX}doorstroom_audit` });
  try {
    await database.connection.asPromise();
    const sealing = {
      key: Buffer.from(config.AUDIT_SEAL_KEY, 'base64'),
      checkpointEvery: config.AUDIT_CHECKPOINT_EVERY,
    };
    const verifier = new LogVerifier(new LogRepository(database), new SystemClock(), sealing);
    const outcome = await verifier.verify(1, {
      budgetMs: Number.POSITIVE_INFINITY,
      onProgress: (walked, entries) => process.stderr.write(`verified ${walked} of ${entries}\n`),
    });
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
    return outcome.intact ? 0 : 1;
  } finally {
    await database.connection.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`The log was not verified: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
