/** Names of driver errors that say: the server cannot be reached now. */
const AWAY_NAMES =
  /^Mongo(ose)?(Network|NetworkTimeout|ServerSelection|NotConnected|PoolCleared|TopologyClosed|ExpiredSession)/;
const AWAY_WORDS =
  /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|selection timed out|pool|topology|socket has been ended|connection \d+ to/i;
/** Server answers that say the same: stepping down, shutting down, not (yet) primary. */
const AWAY_CODES: ReadonlySet<unknown> = new Set([89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436]);
/** What a socket says when the server hung up just before a command was written to it: the driver passes that on as it is. */
const SOCKET_CODES: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * True for an error of a database that is away for the moment: nothing is wrong with the work itself, and the same work
 * may succeed later.
 */
export function isStorageAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (AWAY_NAMES.test(error.name)) return true;
  // A bulk write wraps what happened to its connection, and keeps only the words.
  if (error.name === 'MongoBulkWriteError' && AWAY_WORDS.test(error.message)) return true;
  if ('code' in error && (AWAY_CODES.has(error.code) || SOCKET_CODES.has(error.code))) return true;
  return isStorageAway(error.cause);
}
