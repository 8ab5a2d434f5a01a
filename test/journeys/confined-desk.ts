import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  readdirSync,
} from 'node:fs';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { Operator } from '../support/operator.ts';
import { root } from './desk.ts';
import { SSHD, SshServer } from './ssh-server.ts';

/** Makes accounts and a rule for sudo, and therefore runs as root on machines of the checks only. */
export const CAN_CONFINE =
  SSHD !== undefined && process.getuid?.() === 0 && existsSync('/usr/bin/sudo') && process.env.CI === 'true';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The block of the README that begins with this comment. */
function fromReadme(comment: string): string {
  const found = readme.split('```').find((block) => block.trimStart().startsWith(`# ${comment}\n`));
  if (found === undefined) throw new Error(`the README has no block ${comment}`);
  return found.trimStart();
}

/** A machine set up as the README says, under names of its own. */
export class ConfinedDesk {
  readonly server = new SshServer();
  readonly service = `md-service-${process.pid}`;
  readonly operator = `md-operator-${process.pid}`;
  readonly #group = `md-operators-${process.pid}`;
  readonly #rule = `/etc/sudoers.d/meterdesk-test-${process.pid}`;

  get home(): string {
    return join(this.server.folder, 'home');
  }

  get exports(): string {
    return join(this.home, 'exports');
  }

  /** The README's words with the names and folders of this machine. */
  #here(text: string): string {
    return text
      .replaceAll('/opt/meterdesk', join(this.server.folder, 'opt'))
      .replaceAll('/var/lib/meterdesk', this.home)
      .replaceAll('/etc/ssh/operators/%u', `${this.server.key}.pub`)
      .replaceAll('meterdesk-operators', this.#group)
      .replaceAll('-u meterdesk ', `-u ${this.service} `)
      .replaceAll('(meterdesk)', `(${this.service})`);
  }

  async start(): Promise<void> {
    const { folder } = this.server;
    execFileSync('groupadd', [this.#group]);
    execFileSync('useradd', ['-M', '-d', this.home, '-s', '/usr/sbin/nologin', this.service]);
    const account = ['-M', '-d', '/', '-s', '/bin/sh', '-p', '*', '-G', this.#group, this.operator];
    execFileSync('useradd', account);
    for (const path of [join(this.home, 'data'), this.exports]) mkdirSync(path, { recursive: true, mode: 0o700 });
    copyFileSync(inject('demo'), join(this.home, 'data', 'utility.db'));
    execFileSync('chown', ['-R', this.service, this.home]);
    const node = join(folder, 'opt', 'node_modules', 'node', 'bin', 'node');
    mkdirSync(dirname(node), { recursive: true });
    copyFileSync(process.execPath, node);
    cpSync(join(root, 'dist'), join(folder, 'opt', 'dist'), { recursive: true });
    // An alias may be there once on a machine, and other tests may run on it.
    const rule = this.#here(fromReadme('/etc/sudoers.d/meterdesk')).replaceAll(
      /\bMETERDESK\b/g,
      `METERDESK_${process.pid}`,
    );
    writeFileSync(this.#rule, rule, { mode: 0o440 });
    execFileSync('visudo', ['-cqf', this.#rule]);
    await this.server.start(this.#here(fromReadme('/etc/ssh/sshd_config')).split('\n'));
    chmodSync(folder, 0o755);
  }

  stop(): void {
    for (const { id } of this.processes()) process.kill(id, 'SIGKILL');
    rmSync(this.#rule, { force: true });
    this.server.stop();
    for (const name of [this.operator, this.service]) spawnSync('userdel', [name]);
    spawnSync('groupdel', [this.#group]);
  }

  /** Sits down far away; `asked` is what comes behind the host's name. */
  sitDown({ options = [], asked = [], env = {} }: SitFarAway = {}): Operator {
    const op = new Operator({
      command: 'ssh',
      argv: ['-tt', ...this.server.options, ...options, `${this.operator}@127.0.0.1`, ...asked],
      env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    });
    onTestFinished(() => op.close());
    return op;
  }

  /** Runs a client of ssh without a terminal, to its end. */
  run(command: 'ssh' | 'scp' | 'sftp', argv: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(command, [...this.server.options, ...argv], {
      encoding: 'utf8',
      input: '',
      timeout: 30_000,
    });
    return { status, said: stdout + stderr };
  }

  /** Has the service account prove its database. */
  check() {
    const node = join(this.server.folder, 'opt', 'node_modules', 'node', 'bin', 'node');
    const program = join(this.server.folder, 'opt', 'dist', 'meterdesk.cjs');
    const argv = ['-u', this.service, '--', node, program, 'check', '--db', join(this.home, 'data', 'utility.db')];
    const { status, stdout, stderr } = spawnSync('runuser', argv, {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: this.home },
    });
    return { status, said: stdout + stderr };
  }

  /** What runs under the service account: ids and command lines. */
  processes(): { readonly id: number; readonly command: string }[] {
    const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '-u', this.service], { encoding: 'utf8' });
    return stdout.split('\n').flatMap((line) => {
      const found = /^\s*(\d+)\s+(.*)$/.exec(line);
      return found ? [{ id: Number(found[1]), command: found[2]! }] : [];
    });
  }

  /** Id of the program itself in the one session that there is. */
  program(): number {
    const found = this.processes().filter(({ command }) => command.includes('/node --permission'));
    if (found.length !== 1) throw new Error(`${found.length} programs run`);
    return found[0]!.id;
  }
}

export interface SitFarAway {
  readonly options?: readonly string[];
  readonly asked?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The names of a process's variables. */
export const variablesOf = (id: number): string[] =>
  readFileSync(`/proc/${id}/environ`, 'utf8')
    .split('\0')
    .flatMap((one) => (one === '' ? [] : [one.split('=')[0]!]))
    .sort();

export const argumentsOf = (id: number): string[] =>
  readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').slice(0, -1);

/** Processes that a process has started. */
export const childrenOf = (id: number): string[] => {
  const { stdout } = spawnSync('ps', ['-o', 'args=', '--ppid', String(id)], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
};

/** Sockets that a process has open. */
export const socketsOf = (id: number): string[] =>
  readdirSync(`/proc/${id}/fd`).flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/${id}/fd/${fd}`);
      return target.startsWith('socket:') ? [target] : [];
    } catch {
      return [];
    }
  });
