// Completes package-lock.json after an `npm install` against a registry that does not carry the binaries of every
// platform: npm leaves those out of the lock file, and `npm ci` then refuses the whole of it, everywhere. What is added
// needs no look-up: the version stands in the package that wants it, the platform in the name. A platform that does use
// one of these gets it without a checksum in the lock file.
//   node deploy/local/complete-lock.mjs [--check]     --check changes nothing, and fails when something is missing
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const file = resolve(fileURLToPath(import.meta.url), '../../../package-lock.json');
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** Where Node looks for a package from inside another: its own node_modules, then those of each folder above. */
function placesFrom(parent, name) {
  const places = [];
  for (
    let folder = parent;
    folder !== '';
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  ) {
    places.push(`${folder}/node_modules/${name}`);
  }
  return [...places, `node_modules/${name}`];
}

const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];
for (const [parent, { optionalDependencies = {}, dev, peer }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const words = name.split(/[-/]/);
    const os = SYSTEMS.filter((system) => words.includes(system));
    const cpu = PROCESSORS.filter((processor) => words.includes(processor));
    const isPlatform = os.length === 1 && cpu.length === 1 && /^\d/.test(version);
    if (!isPlatform || placesFrom(parent, name).some((place) => lock.packages[place] !== undefined)) continue;
    const place =
      lock.packages[`node_modules/${name}`] === undefined ? `node_modules/${name}` : `${parent}/node_modules/${name}`;
    lock.packages[place] = { version, cpu, ...(dev && { dev }), optional: true, os, ...(peer && { peer }) };
    added.push(`${name}@${version}`);
  }
}
const [top, ...rest] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([top, ...rest.sort(([one], [other]) => one.localeCompare(other, 'en'))]);
const isCheck = process.argv.includes('--check');
if (added.length > 0 && isCheck) process.exitCode = 1;
if (added.length > 0 && !isCheck) writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(
  added.length === 0
    ? 'The lock file is complete.'
    : `${isCheck ? 'Missing in' : 'Added to'} the lock file: ${added.join(', ')}`,
);
