import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging-options.js';
import { refuseSmallMessages } from './message-size.js';
import { natsAddress } from './nats-address.js';

/**
 * The one NATS connection of a process. It reconnects for ever: a broker that is away is a pause, not a failure.
 */
@Injectable()
export class Nats implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Nats.name);
  private readonly listeners: (() => void)[] = [];
  private lost = 0;
  private away = false;
  private opened: NatsConnection | undefined;

  constructor(@Inject(MESSAGING_OPTIONS) readonly options: MessagingOptions) {}

  async onModuleInit(): Promise<void> {
    await this.open();
  }

  /**
   * Connects when that did not happen yet (a custom strategy may listen before modules are initialised).
   * @throws Error when the broker is set to carry less than we send
   */
  async open(): Promise<NatsConnection> {
    if (this.opened) return this.opened;
    this.opened = await connect({
      ...natsAddress(this.options.natsUrl),
      name: this.options.service,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 100,
      waitOnFirstConnect: true,
    });
    refuseSmallMessages(this.opened.info?.max_payload);
    void this.watch(this.opened);
    return this.opened;
  }

  /** The open connection. @throws Error before the module was initialised. */
  get connection(): NatsConnection {
    if (!this.opened) throw new Error('NATS is not connected yet');
    return this.opened;
  }

  /** JetStream publisher and consumer access. */
  get jetstream(): JetStreamClient {
    return jetstream(this.connection, { timeout: 5_000 });
  }

  /** JetStream administration: streams and consumers. */
  manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.connection, { timeout: 5_000 });
  }

  /** False while the broker is away, as far as is known; what is sent then waits in memory until it is back. */
  get isConnected(): boolean {
    return this.opened !== undefined && !this.away && !this.opened.isClosed();
  }

  /** How often the connection was lost so far; the broker may have been another one since. */
  get disconnections(): number {
    return this.lost;
  }

  /** Calls back after each reconnection. */
  onReconnect(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** True when the broker answers within a second. */
  async isReachable(): Promise<boolean> {
    if (!this.opened || this.opened.isClosed()) return false;
    try {
      await Promise.race([
        this.opened.rtt(),
        new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 1_000).unref()),
      ]);
      return true;
    } catch {
      return false;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.opened || this.opened.isClosed()) return;
    // Closing does not wait for the last acknowledgements; unsent ones would bring facts again.
    if (await this.isReachable()) await this.opened.flush();
    await this.opened.close();
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') {
        this.lost += 1;
        this.away = true;
        this.logger.warn('broker connection lost');
      }
      if (status.type === 'reconnect') {
        this.away = false;
        this.logger.log('broker connection is back');
        for (const listener of this.listeners) listener();
      }
    }
  }
}
