import { KEEPER_VARIABLE, openEngineKeeper, type EngineKeeper } from './engine-keeper.ts';

let keeper: EngineKeeper | undefined;

/** Jest's globalSetup. */
export default async function setUp(): Promise<void> {
  keeper = await openEngineKeeper();
  process.env[KEEPER_VARIABLE] = keeper.url;
}

/** For Jest's globalTeardown, which lives in a file of its own. */
export async function tearDown(): Promise<void> {
  await keeper?.close();
}
