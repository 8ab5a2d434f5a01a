import { describe, expect, test } from 'vitest';
import { freshDatabase } from '#test/support/database.ts';
import { signedInApp, startedApp } from '#test/support/tty.tsx';

describe('signing in', () => {
  test('says when user or password is wrong, and takes the next try', async () => {
    const op = await startedApp({ database: await freshDatabase() });
    await op.type('nobody');
    await op.press('enter');
    await op.type('wrong');
    expect(op.text()).toContain('Password  *****');
    await op.press('enter');
    expect(op.text()).toContain('User or password is not right.');
    expect(op.text()).toContain('User      nobody');
    expect(op.text()).not.toContain('*****');
  });
});

describe('everywhere', () => {
  test('F1 shows what keys do, filtered by typing, and runs the entry', async () => {
    const op = await signedInApp({ database: await freshDatabase() });
    await op.press('f1');
    await op.type('find any');
    expect(op.text()).toContain('F2 Ctrl+K Ctrl+P');
    expect(op.text()).not.toContain('Go to a screen by its code');
    await op.press('enter');
    expect(op.text()).toContain('┌ Find ');
  });

  test('Ctrl+C asks, with Cancel preselected', async () => {
    const op = await signedInApp({ database: await freshDatabase() });
    await op.press('ctrl+c');
    expect(op.text()).toContain('Leave meterdesk?');
    await op.wait(400);
    await op.press('enter');
    expect(op.left).toBe(false);
    expect(op.text()).not.toContain('Leave meterdesk?');
    await op.press('ctrl+c');
    await op.wait(400);
    await op.press('y');
    expect(op.left).toBe(true);
  });
});
