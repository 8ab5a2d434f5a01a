import type { QueryContext } from '../operation.ts';

/** Services by identity, in payoff order. */
export type ServiceNames = ReadonlyMap<number, { readonly code: string; readonly name: string }>;

/** Something of one service, with what the service is called; nulls: of no service in particular. */
export type Named<P> = P & { readonly code: string | null; readonly name: string | null };

/** Every service there ever was. */
export async function serviceNames({ db }: QueryContext): Promise<ServiceNames> {
  const rows = await db
    .selectFrom('service_type')
    .select(['id', 'code', 'name'])
    .orderBy('payoff_rank')
    .orderBy('code')
    .execute();
  return new Map(rows.map(({ id, code, name }) => [id, { code, name }]));
}

/** Parts by service in payoff order, what is of no service last. */
export function inPayoffOrder<P extends { readonly serviceTypeId: number | null }>(
  parts: readonly P[],
  names: ServiceNames,
): Named<P>[] {
  const rank = new Map([...names.keys()].map((id, index) => [id, index]));
  const of = ({ serviceTypeId }: P): number =>
    serviceTypeId === null ? Infinity : (rank.get(serviceTypeId) ?? Infinity);
  return parts
    .toSorted((a, b) => (of(a) === of(b) ? 0 : of(a) - of(b)))
    .map((part) => ({
      ...part,
      code: part.serviceTypeId === null ? null : (names.get(part.serviceTypeId)?.code ?? null),
      name: part.serviceTypeId === null ? null : (names.get(part.serviceTypeId)?.name ?? null),
    }));
}
