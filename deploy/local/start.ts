import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildServer, buildWeb } from './build.ts';
import { isDemoLoaded, loadDemo, rememberDemo } from './demo.ts';
import { ENGINE_NAMES, startEngines, type Engine, type EngineName } from './engines.ts';
import { onStop } from './on-stop.ts';
import { repositoryRoot } from './paths.ts';
import { releaseLock, takeLock } from './pid-lock.ts';
import { freePort, isPortFree } from './ports.ts';
import { Problem, runMain } from './problem.ts';
import { Progress } from './progress.ts';
import { createReaper } from './reaper.ts';
import { keptSecrets } from './secrets.ts';
import type { SystemSettings } from './service-environment.ts';
import { serviceProcess } from './service-process.ts';
import { SERVICE_NAMES, type ServiceName } from './services.ts';
import { startSettings, type StartSettings } from './start-settings.ts';
import { Supervisor } from './supervisor.ts';

const ENGINE_STAGE = 0;
const SERVICE_STAGE = 1;
const GATEWAY_STAGE = 2;
/** For what a killed supervisor leaves behind. */
const REAPER_GRACE_SECONDS = 10;

/** `npm start`: builds, starts engines and services, loads the demo once, and keeps all running until Ctrl-C. */
async function start(): Promise<void> {
  const chosen = startSettings(process.env, repositoryRoot);
  const publicUrl = `http://localhost:${chosen.port}`;
  const release = takeDataDir(chosen.dataDir, publicUrl);
  const supervisor = new Supervisor((line) => {
    console.log(line);
  });
  stopOnSignal(supervisor, release);
  try {
    await bringUp(chosen, publicUrl, supervisor);
  } catch (error) {
    // Stopping while starting ends processes that are not ready yet: that is no failure.
    if (supervisor.isStopping) return;
    await supervisor.stopAll();
    release();
    throw error;
  }
}

async function bringUp(chosen: StartSettings, publicUrl: string, supervisor: Supervisor): Promise<void> {
  await needFreePort(chosen.port);
  await needFreePort(chosen.port + 1);
  const progress = new Progress();
  console.log(`Doorstroom starts; data in ${chosen.dataDir}`);

  await progress.step('build the services', () => buildServer());
  await progress.step('build the web app', () => buildWeb());
  const engines = await progress.step('start database, broker and Redis', (say) =>
    bringUpEngines(chosen, supervisor, say),
  );
  for (const name of ENGINE_NAMES) console.log(`    ${describe(engines[name])}`);

  const settings: SystemSettings = {
    nodeEnv: 'development',
    mongoUrl: engines.mongo.url,
    natsUrl: engines.nats.url,
    redisUrl: engines.redis.url,
    databasePrefix: '',
    publicUrl,
    issuerUrl: `http://localhost:${chosen.port + 1}`,
    secrets: keptSecrets(chosen.dataDir),
    smtpUrl: chosen.smtpUrl,
    demo: chosen.demo,
    demoClock: chosen.demo,
    logLevel: chosen.logLevel,
    logFormat: 'pretty',
    issuerDataDir: join(chosen.dataDir, 'issuer'),
  };
  await progress.step('start the services', () => bringUpServices(chosen, settings, supervisor));

  if (chosen.demo && !isDemoLoaded(chosen.dataDir)) {
    await loadDemoOnce(chosen, settings, progress);
  }
  if (supervisor.isStopping) return;
  console.log(`  ${'total'.padEnd(44)} ${progress.total.padStart(7)}`);
  console.log(`Doorstroom is ready on ${publicUrl}`);
}

/** A system without its demo data is of use all the same, so that a failure is told and no more. */
async function loadDemoOnce(chosen: StartSettings, settings: SystemSettings, progress: Progress): Promise<void> {
  try {
    await progress.step('load the demo data', (say) => loadDemo(settings, say));
    rememberDemo(chosen.dataDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(
      `The demo data was not loaded as a whole (${reason}); start again to try again, or with DEMO=0 without it.`,
    );
  }
}

async function bringUpEngines(
  chosen: StartSettings,
  supervisor: Supervisor,
  say: (line: string) => void,
): Promise<Record<EngineName, Engine>> {
  const portsFile = join(chosen.dataDir, 'ports.json');
  const engines = await startEngines({
    dataDir: chosen.dataDir,
    reaper,
    env: process.env,
    ports: rememberedPorts(portsFile),
    say,
    onLine: (name, line) => {
      if (chosen.logLevel === 'debug' || chosen.logLevel === 'trace') console.log(prefixed(name, line));
    },
    onCrash: supervisor.crashed,
  });
  for (const name of ENGINE_NAMES) {
    const { process } = engines[name];
    if (process !== undefined) supervisor.keep(process, ENGINE_STAGE);
  }
  const ports = Object.fromEntries(ENGINE_NAMES.map((name) => [name, Number(new URL(engines[name].url).port)]));
  writeFileSync(portsFile, `${JSON.stringify(ports)}\n`);
  return engines;
}

async function bringUpServices(chosen: StartSettings, settings: SystemSettings, supervisor: Supervisor): Promise<void> {
  const bringUpOne = async (service: ServiceName, stage: number): Promise<void> => {
    if (supervisor.isStopping) return;
    const process = serviceProcess({
      service,
      name: service,
      port: await portOf(service, chosen.port),
      settings,
      reaper,
      onLine: (line) => {
        console.log(prefixed(service, line));
      },
      onCrash: supervisor.crashed,
    });
    supervisor.keep(process, stage);
    await process.start();
  };
  const behind = SERVICE_NAMES.filter((service) => service !== 'gateway');
  await Promise.all(behind.map((service) => bringUpOne(service, SERVICE_STAGE)));
  await bringUpOne('gateway', GATEWAY_STAGE);
}

function portOf(service: ServiceName, port: number): number | Promise<number> {
  if (service === 'gateway') return port;
  if (service === 'issuer') return port + 1;
  return freePort();
}

/** Makes the data folder and takes it for this process; answers how to give it back. */
function takeDataDir(dataDir: string, publicUrl: string): () => void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch {
    throw new Problem(`No write access to the data folder ${dataDir}; choose another: DATA_DIR=… npm start`);
  }
  const lock = join(dataDir, 'lock');
  const holder = takeLock(lock, publicUrl);
  if (holder !== undefined) throw new Problem(`Doorstroom already runs on ${holder.note} (process ${holder.pid}).`);
  return () => {
    releaseLock(lock);
  };
}

async function needFreePort(port: number): Promise<void> {
  if (await isPortFree(port)) return;
  throw new Problem(`Port ${port} is in use by another program; choose another: PORT=3100 npm start`);
}

function stopOnSignal(supervisor: Supervisor, release: () => void): void {
  const stop = async (): Promise<void> => {
    if (supervisor.isStopping) return;
    console.log('\nDoorstroom stops …');
    await supervisor.stopAll();
    release();
    console.log('Doorstroom has stopped.');
    process.exit(0);
  };
  onStop(() => void stop());
}

function rememberedPorts(file: string): Partial<Record<EngineName, number>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<EngineName, number>>;
  } catch {
    // The first start, or a damaged file: free ports do as well.
    return {};
  }
}

function describe(engine: Engine): string {
  const { flavour, why } = engine.choice;
  return `${engine.name}: ${flavour} (${why})${engine.process === undefined ? '' : ` on ${engine.url}`}`;
}

function prefixed(name: string, line: string): string {
  return `${name.padEnd(13)} | ${line}`;
}

const reaper = createReaper(REAPER_GRACE_SECONDS);
await runMain(start);
