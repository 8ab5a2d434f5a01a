import type { Compilable, CompiledQuery } from 'kysely';
import type { Db } from '#db/schema.ts';

/** What can be bound to a prepared query, by name. */
export type Arguments<A> = { readonly [K in keyof A]: string | number | null };

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Stands for an argument while the query is built. */
export type Parameter<A> = <K extends keyof A & string>(name: K) => A[K];

/**
 * A typed query that is built and compiled once for a database and then only bound: the
 * building of a wide query costs more than SQLite needs to answer it.
 */
export function prepared<A extends Arguments<A>, R>(
  build: (db: Db, parameter: Parameter<A>) => Compilable<R>,
): (db: Db, values: A) => Promise<R[]> {
  const compiled = new WeakMap<Db, CompiledQuery<R>>();
  return async (db, values) => {
    let query = compiled.get(db);
    if (!query) {
      query = build(db, ((name: string) => new Placeholder(name)) as unknown as Parameter<A>).compile();
      compiled.set(db, query);
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Placeholder ? values[value.name as keyof A] : value,
    );
    return (await db.executeQuery<R>({ ...query, parameters })).rows;
  };
}
