import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { freshFolder } from '#test/support/folder.ts';

const root = new URL('../..', import.meta.url).pathname;

/** Runs a script with a small disk of its own mounted on a folder; nobody else sees it. */
function onSmallDisk(folder: string, megabytes: number, ...command: string[]) {
  const mounted = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`;
  return spawnSync('unshare', ['-m', 'sh', '-c', mounted, folder, ...command], { encoding: 'utf8', cwd: root });
}

const canMount = (): boolean => onSmallDisk(freshFolder(), 1, 'true').status === 0;

test('a full disk is said in words, leaves nothing half done, and work goes on when there is room', ({ skip }) => {
  skip(!canMount(), 'mounting a small disk needs root');
  const disk = freshFolder();
  const { stdout, stderr } = onSmallDisk(disk, 8, process.execPath, 'test/support/full-disk.ts', disk);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    code: 'unavailable',
    message: 'The disk is full or failing. Nothing was changed; tell your administrator.',
    nothingHalf: true,
    goesOn: true,
    clean: true,
  });
});
