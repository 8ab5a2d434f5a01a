import { defineEntity } from '@mikro-orm/core';
import { CentsType, DateType, FlagType, IdType, InstantType, KeyType, MilliType } from './types.ts';

/** The builder of plain columns and relations. */
export const { properties: p } = defineEntity;

/** The application-made primary key. */
export const pk = () => p.type(IdType).$type<number>().primary().autoincrement(false);
/** A reference that is not a foreign key: to the row's own table, or to one declared later. */
export const idColumn = () => p.type(IdType).$type<number>();
/** Integer cents. */
export const cents = () => p.type(CentsType).$type<number>();
/** Thousandths of a unit. */
export const milli = () => p.type(MilliType).$type<number>();
/** UTC epoch milliseconds. */
export const instant = () => p.type(InstantType).$type<number>();
/** Civil date `YYYY-MM-DD`. */
export const date = () => p.type(DateType).$type<string>();
/** 0 or 1. */
export const flag = () => p.type(FlagType).$type<0 | 1>();
/** Text that is compared byte by byte. */
export const key = () => p.type(KeyType).$type<string>();
/** Free text. */
export const text = () => p.text();
/** Optimistic lock, raised by every change through the unit of work. */
export const version = () => p.integer().version().default(1);
