/** A migration in both dialects; every element of `up` is one statement. */
export interface DualMigration {
  readonly name: string;
  readonly sqlite: { readonly up: readonly string[] };
  readonly postgresql: { readonly up: readonly string[] };
}
