import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import type { DatabaseAddress } from '#db/database.ts';
import { openDatabase } from '#db/open.ts';
import { openReady } from '#db/ready.ts';
import { addPeople, PASSWORD } from '../support/people.ts';
import { Utility } from '../support/utility.ts';
import { type Desk, newDesk, sitDown } from './desk.ts';

const server = process.env.METERDESK_TEST_POSTGRES;

interface Office {
  readonly desk: Desk;
  readonly number: string;
}

/** A utility of one account on that engine, with two people who may do anything. */
async function office(engine: 'sqlite' | 'postgresql'): Promise<Office> {
  const desk = newDesk();
  const address: DatabaseAddress =
    engine === 'sqlite' ? { file: join(desk.folder, 'office.db') } : { url: await freshOnServer(server!) };
  const database = await openReady(address);
  await addPeople(database, { tess: 'administrator', cleo: 'administrator' });
  await database.close();
  const furnishing = await openDatabase(address, { alone: true });
  const { id } = await new Utility(furnishing).household();
  const account = furnishing.db.selectFrom('account').select('number').where('id', '=', id);
  const { number } = await account.executeTakeFirstOrThrow();
  await furnishing.close();
  const named = 'file' in address ? address.file : address.url;
  return { desk: { ...desk, env: { ...desk.env, METERDESK_DB: named } }, number };
}

async function freshOnServer(address: string): Promise<string> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: address });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  return Object.assign(new URL(address), { pathname: `/${name}` }).href;
}

/** Somebody at the Notes tab of the account. */
function at({ desk, number }: Office, user: string) {
  const op = sitDown(desk, { columns: 80, rows: 24 });
  op.sees('Sign in', 'User').type(`${user}\t`).type(`${PASSWORD}\r`).sees('Home', 'F2');
  return op
    .press('=')
    .type(`ACC ${number}`)
    .press('enter')
    .pressShown(/(\d) Notes/)
    .sees('Subject');
}

describe.each(['sqlite', ...(server ? (['postgresql'] as const) : [])] as const)('two people on %s', (engine) => {
  test('see each other come, edit and go, and each other’s notes without a key', async () => {
    const place = await office(engine);
    const tess = at(place, 'tess');
    await tess;
    const cleo = at(place, 'cleo');
    await cleo.sees('also here: tess');
    await tess.sees('also here: cleo').seesNo('(editing)');
    await cleo.press('n').sees('Add note').type('Leak at the meter');
    await tess.sees('also here: cleo (editing)');
    await cleo.press('f9').seesNo('Add note');
    await tess.seesLine('Leak at the meter').sees('Just changed by cleo: note.');

    if (engine === 'sqlite') {
      const beside = `${place.desk.env.METERDESK_DB}-present`;
      expect(existsSync(beside)).toBe(true);
      expect(statSync(beside).mode & 0o777).toBe(0o600);
    }
    await cleo.signal('SIGKILL').gone();
    await tess.seesNo('also here');
  });

  test('settle a conflict field by field, and lose nothing of what was typed when one is killed', async () => {
    const place = await office(engine);
    const tess = at(place, 'tess');
    await tess.press('n').sees('Add note').type('Gate code 4471').press('f9').seesNo('Add note');
    const cleo = at(place, 'cleo').seesLine('Gate code 4471');
    await cleo.press('e').sees('Edit note').press('end').type(', new since May');
    await tess.press('e').sees('Edit note').press('end').type(', rings twice').press('f9').seesNo('Edit note');
    await cleo.press('f9').sees('tess saved this record', 'both of you changed it: choose', 'It was', 'Yours');
    // A question takes no keys in its first moment.
    await cleo
      .answers('both of you changed it: choose', 'm')
      .press('b')
      .sees('Both texts: Note')
      .press('f9')
      .seesNo('Both texts')
      .sees('both, as you edited them');
    await cleo.press('f9').seesNo('saved this record', 'Edit note');
    await tess.sees('new since May').sees('rings twice');

    await tess.press('n').sees('Add note').type('Half a thought');
    await cleo.sees('tess (editing)');
    await waitsForDraft(place);
    await tess.signal('SIGKILL').gone();
    const again = sitDown(place.desk, { columns: 80, rows: 24 });
    again.sees('Sign in', 'User').type('tess\t').type(`${PASSWORD}\r`).sees('One form was left with something typed');
    await again.press('d').sees('Add note').press('enter').sees('Go on where it was left').press('enter');
    await again.sees('Taken up from the draft.', 'Half a thought');
  });
});

/** Resolves when something that was typed is kept in the database. */
async function waitsForDraft({ desk }: Office): Promise<void> {
  const named = desk.env.METERDESK_DB!;
  const database = await openDatabase(named.startsWith('postgres:') ? { url: named } : { file: named });
  try {
    while ((await database.db.selectFrom('draft').select('id').execute()).length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await database.close();
  }
}
