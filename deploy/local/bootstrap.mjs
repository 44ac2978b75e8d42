// Runs on any Node from 18 on with nothing installed: installs the packages when they are absent or others than
// package-lock.json says, then runs the command's TypeScript file with the project's own Node.
//   node deploy/local/bootstrap.mjs <command> [arguments]     start, test, engine-build, …; install stops after that
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants as osConstants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const modules = join(root, 'node_modules');
const node = join(modules, '.bin', 'node');
const [command = '', ...args] = process.argv.slice(2);
const commandFile = join(root, 'deploy', 'local', `${command}.ts`);

/** @param {string} line */
function fail(line) {
  console.error(line);
  process.exit(1);
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}

function needTools() {
  if (Number(process.versions.node.split('.')[0]) < 18) fail(`Node 18 or newer is needed; this is ${process.version}.`);
  if (!isOnPath('npm')) fail('npm is needed and not on the PATH; it comes with Node.');
  const ownDatabase = (process.env.MONGO_URL ?? '') !== '' || isOnPath('mongod');
  const ownEngines = ownDatabase && isOnPath('nats-server') && isOnPath('redis-server');
  if (!ownEngines && !isOnPath('python3')) {
    fail('Python 3 is needed for the embedded engines and not on the PATH; install python3.');
  }
}

/** Packages that npm installed, as it wrote them down at the end; undefined when it did not come so far. */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** What package-lock.json was when `npm ci` last ran here; stands in node_modules, so that it goes with it. */
const stampFile = join(modules, '.doorstroom-lock');

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether node_modules holds what package-lock.json says: by our stamp, or by npm's own list, so that an `npm install`
 * by hand counts too. Optional packages of other platforms are rightly absent from that list.
 */
function isInstalled() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(modules, '.package-lock.json'));
  if (wanted === undefined) fail('package-lock.json is missing or damaged; this is not a whole clone.');
  if (installed === undefined || !existsSync(node)) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash()) return true;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

/** @returns {Promise<number>} the exit code, as a shell would have it */
function run(program, programArgs, options) {
  return new Promise((settle) => {
    const child = spawn(program, programArgs, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', (error) => fail(`${program} could not be started: ${error.message}`));
    child.once('close', (code, signal) => settle(code ?? 128 + osConstants.signals[signal]));
    // Ctrl-C in a terminal reaches the child by itself; any other signal came to this process alone.
    process.on('SIGINT', () => (process.stdin.isTTY ? undefined : child.kill('SIGINT')));
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    process.on('SIGHUP', () => child.kill('SIGHUP'));
  });
}

async function install() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    fail(`No write access to ${root}, where node_modules goes.`);
  }
  console.log('Installing the packages of package-lock.json with npm ci …');
  const since = Date.now();
  const seconds = () => `${((Date.now() - since) / 1000).toFixed(0)} s`;
  const timer = setInterval(() => {
    console.log(`  … npm ci (${seconds()})`);
  }, 5_000);
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
  clearInterval(timer);
  if (code !== 0) fail(`npm ci failed with code ${code}; its own words stand above.`);
  if (!existsSync(node)) fail('npm ci did not install Node 24: its install scripts are switched off (ignore-scripts).');
  writeFileSync(stampFile, lockHash());
  console.log(`  packages installed in ${seconds()}`);
}

if (!/^[a-z][a-z-]*$/.test(command) || (command !== 'install' && !existsSync(commandFile))) {
  fail(`Unknown command "${command}"; try start or test.`);
}
needTools();
if (!isInstalled()) await install();
if (command !== 'install') {
  const path = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  // Over the channel the command notices when this process dies without a chance to tell.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  process.exitCode = await run(node, [commandFile, ...args], { stdio, env: { ...process.env, PATH: path } });
}
