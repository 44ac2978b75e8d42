import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import type { TestSystem } from '../../libs/testing/src/system.ts';

type Service = 'registration' | 'assessment' | 'notifications' | 'audit' | 'gateway';

/** Notes of the machinery, and what was refused on purpose with a record of it; neither is a change of anything. */
const NO_STATE = /^(relay_state|due_items|dead_letters|outside_|import|process_sessions)/;

/** Looks into the databases past every service: what is really there. */
export class Stored {
  readonly #client: mongoose.mongo.MongoClient;
  readonly #prefix: string;

  constructor({ settings }: TestSystem) {
    this.#client = new mongoose.mongo.MongoClient(settings.mongoUrl);
    this.#prefix = settings.databasePrefix;
  }

  /**
   * A fingerprint per collection of registration: clients, places, ledgers, … and the facts in its outbox. Entries of the
   * access log are left out: a refusal may show something to decide upon, and that is logged.
   */
  async registration(): Promise<Record<string, string>> {
    const database = this.database('registration');
    const found: Record<string, string> = {};
    for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray()) {
      if (NO_STATE.test(name) || name.startsWith('system.')) continue;
      const documents =
        name === 'outbox'
          ? await database.collection(name).find({ stream: 'FACTS' }).project({ _id: 1 }).sort({ _id: 1 }).toArray()
          : await database.collection(name).find().sort({ _id: 1 }).toArray();
      const hash = createHash('sha256').update(JSON.stringify(documents)).digest('hex').slice(0, 16);
      found[name] = `${documents.length} ${hash}`;
    }
    return found;
  }

  /** Everything in one service's database as text, collection by collection. */
  async textOf(service: Service): Promise<Map<string, string>> {
    const database = this.database(service);
    const texts = new Map<string, string>();
    for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray()) {
      texts.set(name, JSON.stringify(await database.collection(name).find().toArray()));
    }
    return texts;
  }

  database(service: Service): mongoose.mongo.Db {
    return this.#client.db(`${this.#prefix}doorstroom_${service}`);
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
