import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { PresenceStore, PresentRow } from '#db/presence.ts';
import type { Actor } from '#services/actor.ts';
import type { Timers } from '../surroundings/timers.ts';

/** Where an operator is, as others may know it. */
export interface Whereabouts {
  readonly place: string;
  readonly doing: PresentRow['doing'];
}

export interface AlsoHereHost {
  readonly timers: Timers;
  /** Opened with the first record that somebody opens, never at the start. */
  readonly open: () => Promise<PresenceStore>;
  /** The record that is open, loaded under the operator's own rights; null when none is. */
  readonly where: () => Whereabouts | null;
  /** Who else is there, in words; empty when nobody is. */
  readonly show: (text: string) => void;
  readonly failed: (error: unknown) => void;
}

/** How often a session says that it is alive, a third of what the others wait for, ms. */
const HEARTBEAT = 10_000;

/** Whether a process of this machine has ended without saying so. */
function killed({ host, pid }: PresentRow): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'ESRCH';
  }
}

/** `also here: cleo (editing), bob`. */
export function alsoHereText(people: readonly PresentRow[], userId: number): string {
  if (people.length === 0) return '';
  const named = people.map(({ doing, username, ...who }) => {
    const name = who.userId === userId ? 'you, elsewhere' : username;
    return doing === 'editing' ? `${name} (editing)` : name;
  });
  return `also here: ${[...new Set(named)].join(', ')}`;
}

/** Tells others which record is open here, and the operator who else has it open. */
export class AlsoHere {
  readonly #host: AlsoHereHost;
  readonly #session = randomUUID();
  #store: PresenceStore | null = null;
  #actor: Actor | null = null;
  #looking = false;
  #told: Whereabouts | null = null;
  #beat = 0;
  /** Not tried again before, epoch ms. */
  #pausedUntil = 0;
  #token: number | null = null;
  #people: readonly PresentRow[] = [];

  constructor(host: AlsoHereHost) {
    this.#host = host;
  }

  start(actor: Actor): void {
    this.#actor = actor;
  }

  /** The operator has gone. */
  stop(): void {
    this.#actor = null;
    this.#told = null;
    this.#host.show('');
    this.#store?.remove(this.#session).catch(this.#host.failed);
  }

  /** Tells and asks, as far as there is news; called over and over while somebody is signed in. */
  async look(): Promise<void> {
    const actor = this.#actor;
    const now = this.#host.timers.now();
    if (!actor || this.#looking || now < this.#pausedUntil) return;
    this.#looking = true;
    try {
      const at = this.#host.where();
      if (!at && !this.#told) return;
      this.#store ??= await this.#host.open();
      const again = await this.#tell(this.#store, actor, at);
      if (at) await this.#ask(this.#store, at, again);
      if (this.#actor !== actor) return await this.#store.remove(this.#session);
      this.#host.show(at ? alsoHereText(this.#people, actor.userId) : '');
    } catch (error) {
      // Not being told of others stops nobody from working.
      this.#pausedUntil = now + HEARTBEAT;
      this.#host.failed(error);
    } finally {
      this.#looking = false;
    }
  }

  /** Says where the operator is when that is news, or when it is time; true when the others are to be asked anew. */
  async #tell(store: PresenceStore, actor: Actor, at: Whereabouts | null): Promise<boolean> {
    const now = this.#host.timers.now();
    const news = at?.place !== this.#told?.place || at?.doing !== this.#told?.doing;
    if (!news && now - this.#beat < HEARTBEAT) return false;
    if (at) {
      const { userId, username } = actor;
      const row = { session: this.#session, userId, username, ...at, host: hostname(), pid: process.pid };
      await store.put(row, news);
    } else {
      await store.remove(this.#session);
    }
    if (this.#actor === actor) this.#told = at;
    this.#beat = now;
    return true;
  }

  async #ask(store: PresenceStore, { place }: Whereabouts, again: boolean): Promise<void> {
    const token = await store.token();
    if (!again && token === this.#token && !this.#people.some(killed)) return;
    this.#token = token;
    const people = (await store.at(place)).filter(({ session }) => session !== this.#session);
    for (const gone of people.filter(killed)) await store.remove(gone.session);
    this.#people = people.filter((one) => !killed(one));
  }
}
