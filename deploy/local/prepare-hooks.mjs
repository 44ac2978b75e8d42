// npm runs this after an install: git uses the hooks of deploy/local/hooks. In CI, outside a git checkout and where git
// itself is absent there is nothing to do, and never a reason to fail an install.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
if ((process.env.CI ?? '') === '' && existsSync(resolve(root, '.git'))) {
  spawnSync('git', ['config', 'core.hooksPath', 'deploy/local/hooks'], { cwd: root, stdio: 'ignore' });
}
