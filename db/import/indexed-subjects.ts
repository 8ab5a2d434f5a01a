import { indexNew } from '../search/add-many.ts';
import { reindexCustomer, reindexLocation } from '../search/build.ts';
import type { Db } from '../schema.ts';
import type { Item } from './apply-context.ts';
import type { EntityName } from './entities/names.ts';

/** Customers, locations and accounts of which the look-up index must hear after an import. */
export class IndexedSubjects {
  readonly #made = { customer: new Set<number>(), location: new Set<number>(), account: new Set<number>() };
  readonly #touched = { customer: new Set<number>(), location: new Set<number>() };

  /** Records that are new. */
  noteMade(entity: EntityName, items: readonly Item[]): void {
    if (entity !== 'customer' && entity !== 'location' && entity !== 'account') return;
    for (const { id } of items) this.#made[entity].add(id);
  }

  /** Records that changed, or got something by which they can be found. */
  noteTouched(entity: EntityName, items: readonly Item[]): void {
    for (const { id, refs } of items) {
      this.#touch('customer', entity === 'customer' ? id : refs.customer);
      this.#touch('location', entity === 'location' ? id : refs.location);
    }
  }

  #touch(kind: 'customer' | 'location', id: number | undefined): void {
    if (id !== undefined && !this.#made[kind].has(id)) this.#touched[kind].add(id);
  }

  /** Locations are found by their meters' numbers. */
  async noteMeters(db: Db, meters: readonly Item[]): Promise<void> {
    if (meters.length === 0) return;
    const ids = meters.map((item) => item.id);
    const rows = await db.selectFrom('meter_installation').select('location_id').where('meter_id', 'in', ids).execute();
    for (const row of rows) this.#touch('location', row.location_id);
  }

  /** Brings the index up to what the tables now say. */
  async index(db: Db, onProgress: (done: number) => void): Promise<void> {
    await indexNew(db, this.#made, onProgress);
    for (const id of this.#touched.customer) await reindexCustomer(db, id);
    for (const id of this.#touched.location) await reindexLocation(db, id);
  }
}
