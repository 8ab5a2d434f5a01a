import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { completionScript } from '#cli/completion.ts';
import { manualPage } from '#cli/man.ts';
import { createProgram } from '#cli/program.ts';
import { flat, treeOf } from '#cli/tree.ts';

const program = createProgram();
const verbs = flat(treeOf(program)).slice(1);
const has = (command: string): boolean => spawnSync(command, ['--version']).error === undefined;

/** What bash offers after this line has been typed. */
function offered(line: string): string[] {
  const words = line.split(' ');
  const script = `${completionScript('bash', program, ['user.list', 'user.add'])}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_meterdesk; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim().split('\n');
}

test('bash completes verbs, verbs below them, operations, options and their values', () => {
  expect(offered('meterdesk us')).toEqual(['user']);
  expect(offered('meterdesk user ')).toEqual(expect.arrayContaining(['add', 'list', 'password', 'disable']));
  expect(offered('meterdesk --db x user ad')).toEqual(['add']);
  expect(offered('meterdesk call user.l')).toEqual(['user.list']);
  expect(offered('meterdesk call user.list --form')).toEqual(['--format']);
  expect(offered('meterdesk call user.list --format t')).toEqual(['table']);
  expect(offered('meterdesk completion z')).toEqual(['zsh']);
});

test.each(['bash', 'zsh', 'fish'] as const)('the %s script names every verb and is a valid script', (shell) => {
  const script = completionScript(shell, program, ['user.list']);
  for (const { path } of verbs) expect(script).toContain(path.at(-1));
  expect(script).toContain('user.list');
  if (has(shell)) {
    const folder = mkdtempSync(join(tmpdir(), 'completion-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'script'), script);
    const checked = spawnSync(shell, ['-n', join(folder, 'script')], { encoding: 'utf8' });
    expect(checked.stderr).toBe('');
  }
});

test('the manual page tells of every verb, option and exit code', () => {
  const page = manualPage(program).replaceAll('\\-', '-');
  for (const { path, options, children } of verbs) {
    if (children.length === 0) expect(page).toContain(path.join(' '));
    for (const option of options) if (option.long && option.long !== '--help') expect(page).toContain(option.long);
  }
  expect(page).toMatch(/\.TH METERDESK 1/);
  expect(page).toContain('METERDESK_TOKEN');
});
