import { expect, test } from 'vitest';
import { PAPER_LABELS } from '#domain/paper-kinds.ts';
import { listFormats, readFormat } from '#services/paper/formats.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';

test.each(SIZES)(
  'at %d×%d a format is copied, its layout checked and changed, and made the standard one',
  async (...size) => {
    const database = await freshDatabase();
    const call = runnerFor(database);
    const op = await signedInApp({ database, size });
    op.shell.desktop.open('paper-formats', undefined);
    await op.settled();
    const formats = await call(listFormats, { all: true });
    const { code, kind } = formats[0]!;
    await op.press('home', 'enter');
    expect(op.message()).toContain('belongs to the program');
    await op.press('a');
    expect(op.text()).toContain(`New format, from ${code} (${PAPER_LABELS[kind]})`);
    await op.type('ours');
    await op.press('tab');
    await op.type('Our own');
    await op.press('f9');
    expect(op.message()).toContain('Format ours is added.');
    await op.press('/');
    await op.type('ours');
    await op.press('enter');
    await op.press('enter');
    await op.press('tab', 'tab', 'tab');
    const { layout } = await call(readFormat, { code: 'ours' });
    await op.press('ctrl+home');
    await op.type('x');
    await op.press('f9');
    expect(op.text()).toContain('This is not JSON.');
    expect((await call(readFormat, { code: 'ours' })).layout).toEqual(layout);
    await op.press('f5');
    await op.press('f9');
    expect(op.message()).toContain('Format ours is saved.');
    await op.press('S');
    expect(op.message()).toContain('is the standard one now');
    const after = await call(listFormats, { all: true });
    expect(after.filter((row) => row.kind === kind && row.standard).map((row) => row.code)).toEqual(['ours']);
    await op.press('n');
    expect(op.text()).toContain(`Names that the texts of a format may use: ${PAPER_LABELS[kind]}`);
  },
);
