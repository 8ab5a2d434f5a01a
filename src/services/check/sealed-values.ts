import type { Finding, Rule } from '#db/check.ts';
import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import { sealedWith } from '../secrets/envelope.ts';
import type { OpenVault, Vault } from '../secrets/vault.ts';

const PAGE = 2000;
/** Opened for a proof where the key file is at hand: damage from outside hits more than one. */
const SAMPLE = 200;

const page = (db: Db, after: number) =>
  db
    .selectFrom('secret_value as s')
    .leftJoin('crypto_key as k', 'k.id', 's.key_id')
    .select(['s.id', 's.entity', 's.entity_id as entityId', 's.kind', 's.sealed', 's.key_id as keyId', 'k.id as known'])
    .where('s.id', '>', after)
    .orderBy('s.id')
    .limit(PAGE)
    .execute();

type Row = Awaited<ReturnType<typeof page>>[number];

const finding = ({ entity, entityId, kind }: Row, why: string): Finding => ({
  account: null,
  message: `${kind} of ${entity} ${entityId}: ${why}`,
});

function faultOf(row: Row, open: OpenVault | null): Finding | null {
  if (row.known === null) return finding(row, `its key ${row.keyId} is not there`);
  if (sealedWith(row.sealed) !== row.keyId) return finding(row, 'is not what was sealed');
  if (open === null) return null;
  try {
    open.open(row.sealed, row);
    return null;
  } catch (error) {
    if (error instanceof Failure) return finding(row, 'does not open: changed or moved');
    throw error;
  }
}

/** Every sealed value names a key that is there; with the key file at hand some of each page are opened. */
export const sealedValues = (vault: Vault | null): Rule => ({
  name: 'sealed-values',
  title: 'Every sealed number names a key that is there, and those tried open',
  find: async (db, limit) => {
    const findings: Finding[] = [];
    let open: OpenVault | null = null;
    if (vault && (await vault.hasKeyFile())) {
      try {
        open = await vault.peek();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        findings.push({ account: null, message: error.message });
      }
    }
    for (let rows = await page(db, 0); rows.length > 0; rows = await page(db, rows.at(-1)!.id)) {
      for (const [at, row] of rows.entries()) {
        const fault = faultOf(row, at < SAMPLE ? open : null);
        if (fault) findings.push(fault);
        if (findings.length >= limit) return findings;
      }
    }
    return findings;
  },
});
