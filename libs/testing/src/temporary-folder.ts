import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReaper, type Reaper } from '../../../deploy/local/reaper.ts';

export interface TemporaryFolder {
  readonly path: string;
  /** Ends processes that use the folder, should this process die. */
  readonly reaper: Reaper;
  remove(): void;
}

/** A fresh folder below the system's temporary one; it goes at `remove`, or when this process dies before that. */
export function temporaryFolder(name: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), `doorstroom-${name}-`));
  const reaper = createReaper(0);
  reaper.addFolder(path);
  return {
    path,
    reaper,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
      reaper.removeFolder(path);
    },
  };
}
