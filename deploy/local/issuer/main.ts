import { runMain } from '../problem.ts';
import { startIssuer } from './server.ts';
import { issuerSettings } from './settings.ts';

await runMain(async () => {
  const settings = issuerSettings(process.env);
  const server = await startIssuer(settings);
  console.log(`local issuer on ${settings.issuer}: for demonstration only, anyone who reaches it can sign in`);
  const stop = (): void => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
});
