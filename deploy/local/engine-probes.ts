import { connect } from 'node:net';
import mongoose from 'mongoose';

const ANSWER_MS = 2_000;

/** Whether nats-server accepts clients: it opens its port once JetStream is recovered, and greets. */
export async function natsAnswers(port: number): Promise<boolean> {
  return (await firstBytes(port, '')).startsWith('INFO ');
}

/** Whether redis-server answers PING; while it loads its log it answers -LOADING. */
export async function redisAnswers(port: number): Promise<boolean> {
  return (await firstBytes(port, 'PING\r\n')).startsWith('+PONG');
}

/** Whether something listens on the port. */
export async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('connect', () => settle(true));
  });
}

/** Whether the database is a writable primary. */
export async function mongoAnswers(port: number): Promise<boolean> {
  if (!(await accepts(port))) return false;
  try {
    const hello = await adminCommand(port, { hello: 1 });
    return hello['isWritablePrimary'] === true;
  } catch {
    return false;
  }
}

/**
 * Makes a fresh mongod the only member of replica set `doorstroom`: transactions need one. Also when its port changed
 * since last time, as a member that is not found at its own address stays out of the set.
 */
export async function initiateReplicaSet(port: number): Promise<void> {
  const member = { _id: 0, host: `127.0.0.1:${port}` };
  const hello = await adminCommand(port, { hello: 1 });
  if (hello['isreplicaset'] === true) {
    await adminCommand(port, { replSetInitiate: { _id: 'doorstroom', members: [member] } });
    return;
  }
  if (hello['me'] === member.host) return;
  const { config } = await adminCommand(port, { replSetGetConfig: 1 });
  const version = typeof config === 'object' && config !== null && 'version' in config ? Number(config.version) : 1;
  const renewed = { ...(config as object), version: version + 1, members: [member] };
  await adminCommand(port, { replSetReconfig: renewed, force: true });
}

async function adminCommand(port: number, command: Record<string, unknown>): Promise<Record<string, unknown>> {
  const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: ANSWER_MS,
  });
  try {
    return await client.db('admin').command(command);
  } finally {
    await client.close();
  }
}

function firstBytes(port: number, question: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS, () => settle(''));
    socket.once('error', () => settle(''));
    socket.once('connect', () => {
      if (question !== '') socket.write(question);
    });
    socket.once('data', (bytes) => settle(bytes.toString('utf8')));
  });
}
