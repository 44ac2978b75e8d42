const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls back when this process should stop: Ctrl-C, a signal, or the end of the bootstrap that started it. The signal
 * that it gets is `SIGTERM` for the last.
 */
export function onStop(stop: (signal: NodeJS.Signals) => void): void {
  for (const signal of SIGNALS) process.on(signal, stop);
  process.once('disconnect', () => {
    stop('SIGTERM');
  });
  // To listen for the end of the channel must not keep the process alive.
  process.channel?.unref();
}
