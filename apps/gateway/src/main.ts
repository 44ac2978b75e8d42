import { readConfig } from '#platform/config.js';
import { stopOnSignal } from '#platform/run-service.js';
import { GatewayConfig } from './gateway.config.js';
import { startGateway } from './start-gateway.js';

try {
  stopOnSignal(await startGateway(readConfig(GatewayConfig)));
} catch (error) {
  // One clear line, no stack: whoever deploys must see what to change.
  process.stderr.write(`gateway does not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
