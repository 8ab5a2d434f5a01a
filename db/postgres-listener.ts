import pg from 'pg';

/** Told with every commit of anybody. */
export const CHANGE_CHANNEL = 'meterdesk_change';
/** Told when somebody opens or leaves a record. */
export const PRESENCE_CHANNEL = 'meterdesk_presence';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * A connection of its own on which the server tells of changes, so that asking whether there
 * were any costs no round trip. A lost connection is made anew, with growing pauses; meanwhile
 * nothing is `heard`, and who asks must look for himself.
 */
export class PostgresListener {
  readonly #url: string;
  readonly #heard = new Map<string, number>();
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #pause = FIRST_PAUSE_MS;
  #listening = false;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** How often something was told on a channel; null while nobody listens. The first call begins to. */
  heard(channel: string): number | null {
    if (!this.#client && !this.#retry && !this.#closed) void this.#connect();
    return this.#listening ? (this.#heard.get(channel) ?? 0) : null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listening = false;
    if (this.#retry) clearTimeout(this.#retry);
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    this.#retry = null;
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true });
    this.#client = client;
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel }) => this.#count(channel));
    try {
      await client.connect();
      await client.query(`listen ${CHANGE_CHANNEL}; listen ${PRESENCE_CHANNEL}`);
      if (this.#client !== client || this.#closed) return;
      this.#listening = true;
      this.#pause = FIRST_PAUSE_MS;
      // What was told while nobody listened is not told again.
      this.#count(CHANGE_CHANNEL);
      this.#count(PRESENCE_CHANNEL);
    } catch {
      this.#lost(client);
    }
  }

  #count(channel: string): void {
    this.#heard.set(channel, (this.#heard.get(channel) ?? 0) + 1);
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#listening = false;
    client.end().catch(() => {});
    if (this.#closed) return;
    this.#retry = setTimeout(() => void this.#connect(), this.#pause);
    this.#retry.unref();
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
  }
}
