import { Failure } from '#services/failure.ts';
import type { Standing, Taken, Undoable, UndoKeeper } from '#ui/undo.ts';
import type { Desk } from './desk.ts';
import type { Navigation } from './navigation.ts';

/** So many changes of a session can be taken back. */
const MOST = 20;

interface Entry extends Undoable, Standing {
  readonly id: number;
  readonly at: Place;
  readonly beside?: NonNullable<Undoable['beside']> & Standing;
}

/** Where a change was made. */
interface Place {
  readonly key: string;
  /** The record that was open, in words. */
  readonly label: string;
}

/** What taking back needs of the shell. */
export interface UndosHost {
  readonly navigation: Navigation;
  readonly desk: () => Desk;
  /** Loads the open screen anew. */
  readonly refresh: () => Promise<void>;
}

/** Who failed for a reason that may pass, such as a lost line, is asked again. */
const passes = ({ code }: Failure): boolean => code === 'busy' || code === 'unavailable' || code === 'unexpected';

const isStale = ({ code }: Failure): boolean => code === 'conflict' || code === 'not_found';

/** The last changes of who is signed in, to be taken back one after the other. */
export class Undos implements UndoKeeper {
  readonly #host: UndosHost;
  #entries: readonly Entry[] = [];
  #lastId = 0;
  /** A change of which the operator has not been told yet how it is taken back. */
  #untold = false;
  /** What was saved after the last of them and cannot be taken back. */
  #passed: string | null = null;

  constructor(host: UndosHost) {
    this.#host = host;
  }

  get any(): boolean {
    return this.#entries.length > 0;
  }

  readonly add = (change: Undoable): number => {
    this.#lastId += 1;
    this.#entries = [...this.#entries, { ...change, id: this.#lastId, at: this.#place() }].slice(-MOST);
    this.#untold = change.told !== true;
    this.#passed = null;
    return this.#lastId;
  };

  readonly passed = (title: string): void => {
    this.#passed = title;
  };

  readonly forget = (id: number): void => {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  };

  clear(): void {
    this.#entries = [];
    this.#untold = false;
    this.#passed = null;
  }

  /** A message; the one that says what was just saved says how it is taken back, too. */
  told(text: string, tone?: Parameters<Desk['toast']>[1]): string {
    const tells = this.#untold && tone === 'good';
    this.#untold = false;
    if (!tells) return text;
    return `${text}${/[.!?]$/.test(text) ? '' : '.'} U undoes it.`;
  }

  /** Takes the last change back, when nothing newer has changed the record; asks first where that is not what one expects. */
  async takeBack(): Promise<void> {
    const last = this.#entries.at(-1);
    const desk = this.#host.desk();
    if (!last || !(await this.#sure(last))) return;
    this.#passed = null;
    try {
      const taken = await last.back(last, last.beside ?? { version: 0 });
      this.forget(last.id);
      this.#follow(last, taken);
      await this.#host.refresh();
      const { title, lost } = last;
      desk.toast(`Undone: ${title}.${lost ? ` ${lost}` : ''}`, lost ? 'warning' : 'good');
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (!passes(error)) this.forget(last.id);
      const words = isStale(error) ? 'It has been changed again since then.' : error.message;
      desk.toast(`Not undone: ${last.title}. ${words}`, 'warning');
    }
  }

  #place(): Place {
    const { top } = this.#host.navigation;
    if (!top) return { key: '', label: '' };
    const { id, title, recall } = top.definition;
    const record = recall?.(top.store.getState()) ?? null;
    return { key: `${id} ${record?.key ?? ''}`, label: record?.label ?? title };
  }

  /** Asks where something that cannot be undone came later, or the change was made elsewhere. */
  async #sure({ title, at }: Entry): Promise<boolean> {
    const passed = this.#passed === null ? [] : [`What was saved last cannot be undone: ${this.#passed}.`];
    const elsewhere = at.key === this.#place().key ? [] : [`It was made at ${at.label}, which is not in sight.`];
    if (passed.length + elsewhere.length === 0) return true;
    return this.#host.desk().confirm({
      title: passed.length > 0 ? 'Undo the change before it?' : 'Undo the last change?',
      lines: [...passed, title, ...elsewhere],
      action: 'Undo',
    });
  }

  /** Changes of the records before the one that was taken back stand on their versions of now. */
  #follow({ record, from, beside }: Entry, taken: Taken): void {
    const now = <S extends Standing & Pick<Entry, 'record'>>(standing: S): S => {
      if (standing.record === record && standing.version === from) {
        return { ...standing, version: taken.version, recordId: taken.recordId };
      }
      const moved = standing.record === beside?.record && standing.version === beside.from;
      return moved ? { ...standing, version: taken.beside ?? standing.version } : standing;
    };
    this.#entries = this.#entries.map((entry) => ({
      ...now(entry),
      ...(entry.beside ? { beside: now(entry.beside) } : {}),
    }));
  }
}
