import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { allowedEnvironment } from '../../src/launcher/allowed-environment.ts';
import { readArguments, type ScreenRequest } from '../../src/launcher/arguments.ts';
import { confinedEnvironment, runtimeOptions } from '../../src/launcher/confinement.ts';

const folder = mkdtempSync(join(tmpdir(), 'meterdesk-confined-'));
afterAll(() => rmSync(folder, { recursive: true }));

const places = { program: '/opt/meterdesk/dist', home: '/home/service' };
const DATABASE = '/srv/data/town.db';

function request(...argv: string[]): ScreenRequest & { readonly confined: NonNullable<ScreenRequest['confined']> } {
  const read = readArguments(['--confined', ...argv]);
  if (read.kind !== 'screen' || !read.confined) throw new Error(JSON.stringify(read));
  return { ...read, confined: read.confined };
}

describe('the command line of a confined session', () => {
  test('says which database, and where exports go', () => {
    expect(request('--db', DATABASE, '--exports=/srv/out', '--theme', 'mono')).toMatchObject({
      database: DATABASE,
      theme: 'mono',
      confined: { exports: '/srv/out', files: null, keyFile: null },
    });
  });

  test('says where the files of a server’s documents are, which it may write and the program is told of', () => {
    const asked = request('--db', 'postgres://meterdesk@db/town', '--files', '/srv/files');
    expect(runtimeOptions(places, asked)).toContain('--allow-fs-write=/srv/files/');
    expect(confinedEnvironment({ METERDESK_FILES: '/elsewhere' }, places, asked).METERDESK_FILES).toBe('/srv/files');
  });

  test.each([
    [['--confined']],
    [['--confined', '--db', 'town.db']],
    [['--confined', '--db', '/srv/../etc/x.db']],
    [['--confined', '--db', '/srv/*']],
    [['--confined', '--db', DATABASE, '--exports', 'out']],
    [['--confined', '--db', DATABASE, '--key-file', 'key']],
    [['--confined', '--db', DATABASE, '--files', 'files']],
    [['--confined', '--db', 'postgres://meterdesk:secret@db/town']],
    [['--confined', '--db', 'postgres://db/town?user=a&password=secret']],
    [['--confined', '--db', DATABASE, 'check']],
    [['check', '--confined', '--db', DATABASE]],
    [['--confined', '--db', DATABASE, '--version']],
    [['--confined', '--db', DATABASE, '--help']],
    [['--db', '--confined']],
  ])('%j is refused', (argv) => {
    expect(readArguments(argv).kind).toBe('refused');
  });

  test('no arguments at all lead to a verb', () => {
    const words = fc.constantFrom(
      'call',
      'import',
      '--db',
      DATABASE,
      '--version',
      '--theme',
      'mono',
      '--',
      '--exports=/x',
    );
    fc.assert(
      fc.property(fc.array<string>(words), fc.nat(8), (argv, at) => {
        const { kind } = readArguments(argv.toSpliced(at, 0, '--confined'));
        expect(['screen', 'refused']).toContain(kind);
      }),
    );
  });

  test('outside of one, its options are unknown', () => {
    expect(readArguments(['--exports', '/srv/out']).kind).toBe('verb');
  });
});

describe('the environment', () => {
  const HARMLESS = { TERM: 'xterm-256color', LANG: 'de_DE.UTF-8', LC_TIME: 'C', SUDO_USER: 'ben', SUDO_UID: '1001' };
  const LINE = { SSH_CONNECTION: '10.0.0.7 50022 fe80::1%eth0 22', SSH_TTY: '/dev/pts/3', NO_COLOR: '1' };

  test('how to draw, the language and who came from where are kept', () => {
    expect(allowedEnvironment({ ...HARMLESS, ...LINE })).toEqual({ ...HARMLESS, ...LINE });
  });

  test('nothing else is', () => {
    const names = [
      'NODE_OPTIONS',
      'NODE_PATH',
      'LD_PRELOAD',
      'METERDESK_DB',
      'XDG_DATA_HOME',
      'HOME',
      'EDITOR',
      'PAGER',
    ];
    const more = ['SHELL', 'BASH_ENV', 'ENV', 'SSH_ORIGINAL_COMMAND', 'SSH_AUTH_SOCK', 'TERMINFO', 'PATH', 'LANGUAGE'];
    const given = Object.fromEntries([...names, ...more].map((name) => [name, 'x']));
    expect(allowedEnvironment(given)).toEqual({});
  });

  test.each([
    ['LC_ALL', '../../tmp/evil'],
    ['TERM', 'x\x1b]0;y\x07'],
    ['SSH_TTY', '/etc/passwd'],
    ['SSH_CONNECTION', 'a\nb'],
    ['SUDO_UID', '0x0'],
  ])('%s=%j is no such value', (name, value) => {
    expect(allowedEnvironment({ [name]: value })).toEqual({});
  });

  test('home and key file are what the system and the command line say', () => {
    const asked = request('--db', DATABASE, '--key-file', '/etc/meterdesk/key');
    expect(confinedEnvironment({ HOME: '/evil', METERDESK_KEY_FILE: '/evil' }, places, asked)).toEqual({
      HOME: places.home,
      METERDESK_KEY_FILE: '/etc/meterdesk/key',
    });
  });
});

describe('the rights of the runtime', () => {
  test('the folders named can be written, and no right leads to another program', () => {
    const options = runtimeOptions(places, request('--db', DATABASE, '--exports', '/srv/out'));
    expect(options.filter((one) => one.startsWith('--allow-fs-write'))).toEqual([
      '--allow-fs-write=/srv/data/',
      '--allow-fs-write=/srv/out/',
      '--allow-fs-write=/home/service/.local/state/meterdesk/',
      '--allow-fs-write=/home/service/.cache/meterdesk/',
      '--allow-fs-write=/proc/self/fd/1',
    ]);
    expect(options.filter((one) => one.startsWith('--allow-') && !one.startsWith('--allow-fs-'))).toEqual([
      '--allow-addons',
    ]);
    expect(options).toContain('--permission');
  });

  test('a server is reached by the network, and nothing native is loaded', () => {
    const options = runtimeOptions(places, request('--db', 'postgres://meterdesk@db/town'));
    expect(options).toContain('--allow-net');
    expect(options).not.toContain('--allow-addons');
    expect(options).toContain('--allow-fs-read=/home/service/.pgpass');
  });

  test('the runtime knows all of these options, and refuses what is not among them', () => {
    const options = runtimeOptions({ program: folder, home: folder }, request('--db', join(folder, 'town.db')));
    const script = `
      const ways = {
        child: () => require('node:child_process').spawnSync('id'),
        worker: () => new (require('node:worker_threads').Worker)('1', { eval: true }),
        read: () => require('node:fs').readFileSync('/etc/passwd'),
        own: () => require('node:fs').writeFileSync('${folder}/town.db', ''),
      };
      for (const [name, way] of Object.entries(ways)) {
        try { way(); console.log(name, 'done'); } catch (error) { console.log(name, error.code); }
      }`;
    const { stdout, stderr } = spawnSync(process.execPath, [...options, '-e', script], { encoding: 'utf8' });
    const server = runtimeOptions({ program: folder, home: folder }, request('--db', 'postgres://meterdesk@db/town'));
    expect(spawnSync(process.execPath, [...server, '-e', ''], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
    const refused = 'ERR_ACCESS_DENIED';
    expect(stdout.trim().split('\n')).toEqual([`child ${refused}`, `worker ${refused}`, `read ${refused}`, 'own done']);
    expect(stderr).toBe('');
  });
});
