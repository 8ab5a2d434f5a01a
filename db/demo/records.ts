import { dateText, instantOf } from './days.ts';
import type { Tenancy } from './tenancy.ts';
import type { World } from './world.ts';

/** A note before it is written; days since 1970. */
export interface NewNote {
  readonly level: 'customer' | 'location' | 'account';
  readonly type: string;
  readonly subject: string;
  readonly body: string;
  readonly day: number;
  readonly by?: string;
  readonly messageCenter?: boolean;
  readonly paymentCenter?: boolean;
  readonly graceDay?: number;
  readonly usedFor?: string;
  readonly expiresDay?: number;
}

/** Writes a note about a tenancy. */
export function note(world: World, t: Tenancy, n: NewNote): void {
  const text = (day: number | undefined): string | null => (day === undefined ? null : dateText(day));
  world.sink.add(
    'note',
    ++world.serials.note,
    n.level,
    n.level === 'location' ? null : t.customer.id,
    n.level === 'customer' ? null : t.place.id,
    n.level === 'account' ? t.accountId : null,
    n.type,
    n.subject,
    n.body,
    instantOf(n.day, 500 + (t.accountId % 480)),
    dateText(n.day),
    n.by ?? 'cleo',
    n.messageCenter ? 1 : 0,
    n.paymentCenter ? 1 : 0,
    text(n.graceDay),
    n.usedFor ?? null,
    text(n.expiresDay),
  );
}

/** A service order before it is written. */
export interface NewOrder {
  readonly category: string;
  readonly description: string;
  readonly day: number;
  readonly status?: 'open' | 'completed' | 'cancelled';
}

/** Writes a service order at a tenancy's place. */
export function order(world: World, t: Tenancy, o: NewOrder): void {
  const id = ++world.serials.service_order;
  const open = (o.status ?? 'open') === 'open';
  world.sink.add(
    'service_order',
    id,
    `SO${String(id).padStart(6, '0')}`,
    t.place.id,
    t.accountId,
    t.customer.id,
    o.category,
    o.description,
    o.status ?? 'open',
    dateText(o.day),
    dateText(o.day + 7),
    open ? null : dateText(o.day + 2),
  );
}

/** Marks the customer or the place. */
export function condition(
  world: World,
  t: Tenancy,
  code: string,
  at: 'customer' | 'location',
  remarks: string | null,
): void {
  const since = Math.max(t.movedInDay, world.today - 700);
  world.sink.add(
    'special_condition',
    ++world.serials.special_condition,
    code,
    at === 'customer' ? t.customer.id : null,
    at === 'location' ? t.place.id : null,
    dateText(since),
    null,
    remarks,
  );
}
