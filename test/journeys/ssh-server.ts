import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** The SSH server of this machine; undefined where there is none. */
export const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const address = listener.address();
      listener.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Resolves when the condition holds, asked again and again; false when it never did. */
export async function eventually(holds: () => boolean | Promise<boolean>, tries = 3000): Promise<boolean> {
  for (let left = tries; left > 0; left--) {
    if (await holds()) return true;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return false;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(socket.destroy() !== null));
    socket.once('error', () => resolve(false));
  });

/** An SSH server of our own with throwaway keys, on a port nobody else uses. */
export class SshServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'meterdesk-ssh-'));
  port = 0;
  #process: ChildProcess | null = null;

  get key(): string {
    return join(this.folder, 'key');
  }

  /** @param settings lines of its configuration besides port and keys */
  async start(settings: readonly string[]): Promise<void> {
    chmodSync(this.folder, 0o755);
    for (const name of ['host', 'key']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(this.folder, name)]);
    }
    this.port = await freePort();
    const own = [
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(this.folder, 'host')}`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
    ];
    writeFileSync(join(this.folder, 'config'), `${[...own, ...settings].join('\n')}\n`);
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
    this.#process = spawn(SSHD!, ['-D', '-f', join(this.folder, 'config')], { stdio: 'ignore' });
    if (!(await eventually(() => answers(this.port)))) throw new Error('sshd did not start');
  }

  /** Options of ssh, scp and sftp alike for this server. */
  get options(): string[] {
    const options = ['StrictHostKeyChecking=no', `UserKnownHostsFile=${join(this.folder, 'known')}`, 'LogLevel=ERROR'];
    return [...[...options, `Port=${this.port}`, 'BatchMode=yes'].flatMap((one) => ['-o', one]), '-i', this.key];
  }

  stop(): void {
    this.#process?.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
