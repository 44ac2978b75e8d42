import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** Ends processes and removes folders when this process dies, in whatever way. */
export interface Reaper {
  addProcess(pid: number): void;
  removeProcess(pid: number): void;
  addFolder(folder: string): void;
  removeFolder(folder: string): void;
}

/**
 * The watcher: a shell that reads from a pipe. The pipe closes when its writer dies, also by `kill -9`, and then the
 * shell ends what is left: services and engines run in process groups of their own and would otherwise live on.
 * Folders are its positional parameters, as plain sh has no other list that can hold blanks.
 */
const SCRIPT = `
trap '' INT TERM HUP
pids=' '
set --
while IFS=' ' read -r what value; do
  case $what in
    +process) pids="$pids$value ";;
    -process) pids="\${pids%% $value *} \${pids#* $value }";;
    +folder) set -- "$@" "$value";;
    -folder) count=$#; for folder; do [ "$folder" = "$value" ] || set -- "$@" "$folder"; done; shift $count;;
  esac
done
any_alive() { for pid in $pids; do kill -0 "$pid" 2>/dev/null && return 0; done; return 1; }
for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
tenths=0
while [ $tenths -lt "$GRACE_TENTHS" ] && any_alive; do sleep 0.1; tenths=$((tenths + 1)); done
for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
# What was just killed may still be writing.
for folder; do
  tries=0
  while rm -rf "$folder" 2>/dev/null; [ -e "$folder" ] && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
done
# And a process of it that stops by itself may have made the folder again.
[ $# -eq 0 ] || sleep 2
for folder; do rm -rf "$folder"; done
`;

/** Starts a watcher. `graceSeconds` is how long processes may take to stop before they are killed. */
export function createReaper(graceSeconds: number): Reaper {
  const watcher = spawn('sh', ['-c', SCRIPT], {
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', GRACE_TENTHS: String(Math.round(graceSeconds * 10)) },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Neither the shell nor the pipe to it keeps this process alive.
  watcher.unref();
  const pipe = watcher.stdin;
  if (pipe instanceof Socket) pipe.unref();
  const tell = (line: string): void => {
    pipe.write(`${line}\n`);
  };
  return {
    addProcess: (pid) => tell(`+process ${pid}`),
    removeProcess: (pid) => tell(`-process ${pid}`),
    addFolder: (folder) => tell(`+folder ${folder}`),
    removeFolder: (folder) => tell(`-folder ${folder}`),
  };
}
