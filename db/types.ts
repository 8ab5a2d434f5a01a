import { type Platform, Type } from '@mikro-orm/core';
import { isCivilDate } from '#domain/civil-date.ts';

/**
 * Column types that read the same on SQLite and PostgreSQL, so that a row
 * fetched through Kysely needs no conversion: numbers, strings and nulls only.
 */

/** True when the platform is PostgreSQL. Class names are mangled by bundlers, so the schema name tells. */
export const isPostgres = (platform: Platform): boolean => platform.getDefaultSchemaName() === 'public';

function safeInteger(value: unknown, what: string): number {
  const n = Number(value);
  if (!Number.isSafeInteger(n)) throw new RangeError(`${what}: not a safe integer`);
  return n;
}

abstract class IntegerType extends Type<number, number | string> {
  protected abstract readonly what: string;
  override convertToDatabaseValue(value: number): number {
    return value === null || value === undefined ? value : safeInteger(value, this.what);
  }
  override convertToJSValue(value: number | string): number {
    return value === null || value === undefined ? value : safeInteger(value, this.what);
  }
  override compareAsType(): string {
    return 'number';
  }
  /** PostgreSQL hands bigints over as strings; without this every loaded row looks changed. */
  override compareValues(a: unknown, b: unknown): boolean {
    return a === b || (a !== null && b !== null && Number(a) === Number(b));
  }
}

/** 53-bit time-ordered identity. `integer` on SQLite makes it the rowid itself. */
export class IdType extends IntegerType {
  protected readonly what = 'id';
  override getColumnType(_prop: unknown, platform: Platform): string {
    return isPostgres(platform) ? 'bigint' : 'integer';
  }
}

/** Integer cents. */
export class CentsType extends IntegerType {
  protected readonly what = 'cents';
  override getColumnType(_prop: unknown, platform: Platform): string {
    return isPostgres(platform) ? 'bigint' : 'integer';
  }
}

/** A quantity in thousandths of its unit (register readings, consumption, multipliers). */
export class MilliType extends IntegerType {
  protected readonly what = 'thousandths';
  override getColumnType(_prop: unknown, platform: Platform): string {
    return isPostgres(platform) ? 'bigint' : 'integer';
  }
}

/** An instant: UTC epoch milliseconds. */
export class InstantType extends IntegerType {
  protected readonly what = 'instant';
  override getColumnType(_prop: unknown, platform: Platform): string {
    return isPostgres(platform) ? 'bigint' : 'integer';
  }
}

/** A yes/no flag, stored as 0 or 1 on both engines so that plain rows compare equal. */
export class FlagType extends IntegerType {
  protected readonly what = 'flag';
  override getColumnType(_prop: unknown, platform: Platform): string {
    return isPostgres(platform) ? 'smallint' : 'integer';
  }
}

/** A civil date `YYYY-MM-DD`; `date` on PostgreSQL, validated text on SQLite. */
export class DateType extends Type<string, string> {
  override convertToDatabaseValue(value: string): string {
    if (value !== null && value !== undefined && !isCivilDate(value)) throw new TypeError(`not a date: ${value}`);
    return value;
  }
  override getColumnType(_prop: unknown, platform: Platform): string {
    return isPostgres(platform) ? 'date' : 'text';
  }
  override compareAsType(): string {
    return 'string';
  }
  override ensureComparable(): boolean {
    return false;
  }
}

/** Text compared byte by byte on both engines: keys, numbers and everything that is sorted. */
export class KeyType extends Type<string, string> {
  override getColumnType(_prop: unknown, platform: Platform): string {
    return isPostgres(platform) ? 'text collate "C"' : 'text';
  }
  override compareAsType(): string {
    return 'string';
  }
}
