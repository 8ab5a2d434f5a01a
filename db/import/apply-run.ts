import type { Db } from '../schema.ts';
import type { ApplyContext, ChangedItem, ImportChange, Item } from './apply-context.ts';
import { insertRows } from '../bulk.ts';
import { changedFields } from './digest.ts';
import { insertMasters, updateMaster } from './entities/masters.ts';
import {
  correctCharge,
  correctPayment,
  correctRead,
  insertCharges,
  insertPayments,
  insertReads,
} from './ledger/write.ts';
import { IndexedSubjects } from './indexed-subjects.ts';
import { ImportProblem, RowProblem } from './problem.ts';
import type { RecordRule } from './profile.ts';
import { byNumber, importedBefore, type Reference, referencesOf } from './references.ts';
import type { Progress, StagedImport } from './stage.ts';
import type { StagedRecord } from './staging.ts';

/** What of one kind of record an import did. */
export interface RecordCounts {
  readonly record: string;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface ApplyOptions {
  readonly db: Db;
  readonly newId: () => number;
  readonly today: string;
  readonly now: number;
  readonly username: string;
  readonly changed: (change: ImportChange) => void;
  readonly progress?: Progress;
}

const CHUNK = 500;

/** One writing of staged records. */
export class Run {
  readonly ctx: ApplyContext;
  readonly #staged: StagedImport;
  readonly #options: ApplyOptions;
  readonly #references: readonly (readonly Reference[])[];
  /** Records that earlier runs made and this file only names, by rule and key. */
  readonly #earlier = new Map<string, number>();
  readonly subjects = new IndexedSubjects();
  readonly #total: number;
  #done = 0;
  /** Whether the profile has never been imported, so that nothing need be looked for. */
  #isFirst = false;

  constructor(staged: StagedImport, options: ApplyOptions, ctx: ApplyContext) {
    this.#staged = staged;
    this.#options = options;
    this.#references = referencesOf(staged.profile);
    this.ctx = ctx;
    this.#total = ctx.staging.count();
  }

  /** Finds out whether there were earlier runs; call it before anything is written. */
  async begin(): Promise<void> {
    const earlier = await this.ctx.db
      .selectFrom('import_record')
      .select('id')
      .where('profile', '=', this.ctx.profile.name)
      .limit(1)
      .executeTakeFirst();
    this.#isFirst = earlier === undefined;
  }

  idOf(rule: number, key: string): number {
    const id = this.ctx.staging.idOf(rule, key) ?? this.#earlier.get(`${rule} ${key}`);
    if (id === undefined) throw new RowProblem(`${this.ctx.profile.records[rule]!.id} “${key}” is not there`);
    return id;
  }

  /** The account that a record's row names. */
  accountOf(rule: RecordRule, record: StagedRecord): number {
    const index = this.ctx.profile.records.indexOf(rule);
    const reference = this.#references[index]!.find(({ field }) => field === 'account')!;
    return this.idOf(reference.rule, String(record.values.account));
  }

  async write(rule: RecordRule, index: number): Promise<RecordCounts> {
    const { staging } = this.ctx;
    const counts = { record: rule.id, created: 0, changed: 0, unchanged: 0 };
    let after = 0;
    for (;;) {
      const records = staging.page(index, after, CHUNK);
      if (records.length === 0) return counts;
      after = records.at(-1)!.seq;
      const { created, changed } = await this.#writeChunk(rule, index, records);
      counts.created += created;
      counts.changed += changed;
      counts.unchanged += records.length - created - changed;
      this.#done += records.length;
      this.#options.progress?.('writing', this.#done, this.#total);
    }
  }

  async #writeChunk(rule: RecordRule, index: number, records: readonly StagedRecord[]) {
    const { db, profile, staging } = this.ctx;
    await this.#findEarlier(index, records);
    const keys = records.map((record) => record.key);
    const before = this.#isFirst ? new Map<string, never>() : await importedBefore(db, profile.name, rule.id, keys);
    const taken = await this.#numbersTaken(
      rule,
      records.filter((record) => !before.has(record.key)),
    );
    const fresh: Item[] = [];
    const adopted: Item[] = [];
    const changed: (ChangedItem & { importId: number })[] = [];
    for (const record of records) {
      const earlier = before.get(record.key);
      const found = taken.get(String(record.values.number));
      const id = earlier?.entityId ?? found ?? this.ctx.newId();
      const item: Item = { id, rule, record, refs: this.#refs(index, record) };
      if (earlier) {
        const fields = earlier.digest === record.digest ? null : changedFields(rule, earlier.digest, record.digest);
        if (fields && rule.existing !== 'only') changed.push({ ...item, fields, importId: earlier.id });
      } else if (found === undefined) fresh.push(item);
      else adopted.push(item);
      staging.setId(record, index, id);
    }
    await this.#insert(rule, fresh);
    for (const item of adopted) {
      if (rule.existing === 'use')
        await this.#orExplain(item, () => updateMaster(this.ctx, { ...item, fields: Object.keys(rule.fields) }));
    }
    await this.#remember(rule, [...fresh, ...(rule.existing === 'only' ? [] : adopted)]);
    for (const item of changed) await this.#orExplain(item, () => this.#change(item, index));
    this.subjects.noteMade(rule.entity, fresh);
    this.subjects.noteTouched(rule.entity, [...fresh, ...adopted, ...changed]);
    if (rule.entity === 'meter') await this.subjects.noteMeters(db, changed);
    const adoptedChanged = rule.existing === 'use' ? adopted.length : 0;
    return { created: fresh.length, changed: changed.length + adoptedChanged };
  }

  /** Numbers that the database has already; whether that is right is the rule's to say. */
  async #numbersTaken(rule: RecordRule, records: readonly StagedRecord[]): Promise<ReadonlyMap<string, number>> {
    const taken = await byNumber(
      this.ctx.db,
      rule.entity,
      records.map((record) => String(record.values.number)),
    );
    if (rule.existing !== 'refuse' || taken.size === 0) return taken;
    const record = records.find((one) => taken.has(String(one.values.number)))!;
    throw new ImportProblem(
      `${record.file}, row ${record.row}: ${rule.entity} ${String(record.values.number)} exists already and did not come from this profile`,
    );
  }

  async #findEarlier(index: number, records: readonly StagedRecord[]): Promise<void> {
    const { db, profile, staging } = this.ctx;
    for (const { field, rule } of this.#references[index]!) {
      const keys = records.flatMap((record) => {
        const key = record.values[field];
        const unknown = key !== null && key !== undefined && staging.idOf(rule, String(key)) === null;
        return unknown && !this.#earlier.has(`${rule} ${String(key)}`) ? [String(key)] : [];
      });
      const found = await importedBefore(db, profile.name, profile.records[rule]!.id, [...new Set(keys)]);
      for (const [key, { entityId }] of found) this.#earlier.set(`${rule} ${key}`, entityId);
    }
  }

  #refs(index: number, record: StagedRecord): Record<string, number> {
    const refs: Record<string, number> = {};
    for (const { field, rule } of this.#references[index]!) {
      const key = record.values[field];
      if (key !== null && key !== undefined) refs[field] = this.idOf(rule, String(key));
    }
    return refs;
  }

  async #insert(rule: RecordRule, items: readonly Item[]): Promise<void> {
    if (items.length === 0) return;
    const insert = { charge: insertCharges, payment: insertPayments, read: insertReads }[rule.entity as 'read'];
    await this.#orExplain(items[0]!, () => (insert ?? insertMasters)(this.ctx, items));
  }

  async #change(item: ChangedItem & { importId: number }, index: number): Promise<void> {
    const id = await this.#changeRecord(item);
    this.ctx.staging.setId(item.record, index, id);
    await this.ctx.db
      .updateTable('import_record')
      .set({ digest: item.record.digest, entity_id: id })
      .where('id', '=', item.importId)
      .execute();
  }

  async #changeRecord(item: ChangedItem): Promise<number> {
    if (item.rule.entity === 'charge') return correctCharge(this.ctx, item);
    if (item.rule.entity === 'payment') return correctPayment(this.ctx, item);
    if (item.rule.entity === 'read') return correctRead(this.ctx, item);
    await updateMaster(this.ctx, item);
    return item.id;
  }

  /** Says at which row of which file a record could not be written. */
  async #orExplain(item: Item, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      throw new ImportProblem(`${item.record.file}, row ${item.record.row}: ${item.rule.id}: ${error.message}`);
    }
  }

  async #remember(rule: RecordRule, items: readonly Item[]): Promise<void> {
    await insertRows(
      this.ctx.db,
      'import_record',
      items.map((item) => ({
        id: this.ctx.newId(),
        profile: this.#staged.profile.name,
        entity: rule.id,
        source_key: item.record.key,
        digest: item.record.digest,
        entity_id: item.id,
      })),
    );
  }
}
