import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import mongoose, { type Connection, type Model, type Schema } from 'mongoose';
import { UnitSessions } from './unit-sessions.js';

/** Where a service's own database is. */
export interface DatabaseOptions {
  /** MongoDB connection string. */
  url: string;
  /** Database name; no service reads another's. */
  name: string;
}

export const DATABASE_OPTIONS = Symbol('DATABASE_OPTIONS');

/**
 * The one connection of a service to its own database. Repositories register their schemas through `model`, so that
 * every index exists before the service reports ready.
 */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Database.name);
  readonly connection: Connection;
  /** In which units of work run. */
  readonly sessions: UnitSessions;

  constructor(@Inject(DATABASE_OPTIONS) options: DatabaseOptions) {
    this.connection = mongoose.createConnection(options.url, {
      dbName: options.name,
      autoIndex: false,
      autoCreate: false,
      // While the database is away the driver waits a bounded time for it; mongoose's own queue would hide that for longer.
      bufferCommands: false,
      // `primary` reads with majority writes: what was acknowledged is there after a failover (design.md §4, Storage).
      writeConcern: { w: 'majority' },
      // Shorter than a request's deadline, so that the asker hears what is wrong.
      serverSelectionTimeoutMS: 3_000,
      maxPoolSize: 32,
      ignoreUndefined: true,
    });
    this.connection.on('error', (error: Error) => this.logger.error(`database: ${error.message}`));
    this.sessions = new UnitSessions(this.connection);
  }

  /** Registers a schema under a collection name and returns its model. */
  model<T>(collection: string, schema: Schema<T>): Model<T> {
    return this.connection.model<T>(collection, schema, collection);
  }

  /** Waits for the connection and builds the indexes of every registered model. */
  async onModuleInit(): Promise<void> {
    await this.connection.asPromise();
    for (const model of Object.values(this.connection.models)) {
      // Collections must exist before a transaction writes to them, and indexes before the first uniqueness is tested.
      await model.createCollection();
      await dropFormerUniqueness(model);
      await model.createIndexes();
    }
  }

  /** True when the database answers within a second. */
  async isReachable(): Promise<boolean> {
    try {
      await this.connection.db?.command({ ping: 1 }, { timeoutMS: 1_000 });
      return this.connection.db !== undefined;
    } catch {
      return false;
    }
  }

  // Databases close last: consumers and workers stop in beforeApplicationShutdown.
  async onApplicationShutdown(): Promise<void> {
    await this.sessions.close();
    await this.connection.close();
  }
}

const INDEX_NOT_FOUND = 27;

/** An earlier version may have left an index that makes a value unique which no longer has to be (docs/decisions/0010). */
async function dropFormerUniqueness({ schema, collection }: Connection['models'][string]): Promise<void> {
  const keyOf = (key: object) => JSON.stringify(Object.entries(key));
  const unique = new Set(schema.indexes().flatMap(([key, { unique }]) => (unique === true ? [keyOf(key)] : [])));
  for (const { key, name, unique: isUnique } of await collection.indexes()) {
    if (isUnique !== true || name === undefined || unique.has(keyOf(key))) continue;
    await collection.dropIndex(name).catch((error: unknown) => {
      // Another process that started together with this one may have been first.
      if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== INDEX_NOT_FOUND) throw error;
    });
  }
}
