import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** When a line is cut, seen from what goes over it. */
export interface Cut {
  /** Text of a statement on its way to the server. */
  readonly at: RegExp;
  /** `before` the server gets it, or `after` it did and before its answer comes back. */
  readonly when: 'before' | 'after';
}

/** A line to a PostgreSQL server that can be cut, at a chosen statement or at once, and mended. */
export class LineToServer {
  readonly #target: URL;
  readonly #open = new Set<Socket>();
  #server = createServer((client) => this.#serve(client));
  #port = 0;
  #cut: Cut | null = null;
  /** How often it was cut. */
  cuts = 0;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  /** The server's address by way of this line. */
  async address(): Promise<string> {
    await this.#listen();
    onTestFinished(() => this.down());
    return Object.assign(new URL(this.#target.href), { hostname: '127.0.0.1', port: String(this.#port) }).href;
  }

  /** Cuts at the next statement of that kind, once. */
  cutAt(cut: Cut): void {
    this.#cut = cut;
  }

  /** Cuts all connections; new ones are taken. */
  cutAll(): void {
    this.cuts += 1;
    for (const socket of this.#open) socket.destroy();
  }

  /** Cuts all connections and takes none, as when the server restarts. */
  async down(): Promise<void> {
    this.cutAll();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Takes connections again. */
  async up(): Promise<void> {
    this.#server = createServer((client) => this.#serve(client));
    await this.#listen();
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #serve(client: Socket): void {
    const server = connect(Number(this.#target.port || 5432), this.#target.hostname);
    let answers = true;
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#open.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (data) => {
      const cut = this.#cut?.at.test(data.toString('latin1')) ? this.#cut : null;
      if (cut) this.#cut = null;
      if (cut?.when === 'before') return this.cutAll();
      if (cut) answers = false;
      server.write(data);
    });
    server.on('data', (data) => {
      if (answers) client.write(data);
      // The server has done it; the answer is lost.
      else this.cutAll();
    });
  }
}
