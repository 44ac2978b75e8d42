/** Something the person who typed the command can put right; shown as one line, without a stack. */
export class Problem extends Error {
  override name = 'Problem';
}

/** Runs a command file's main function: a Problem becomes one line, anything else a stack; both exit with 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Problem) console.error(`\n${error.message}`);
    else console.error(error);
  }
}

/** The `code` of a system error such as ENOENT. Not by class: inside Jest these errors are of another realm. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
