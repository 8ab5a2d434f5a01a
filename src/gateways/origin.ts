/** An address of IPv4 or IPv6, as sshd writes it first in SSH_CONNECTION; a zone may follow. */
const ADDRESS = /^[0-9A-Fa-f.:]{2,45}(?:%[A-Za-z0-9_.-]{1,15})?$/;
/** `pts/3`, `tty1`. */
const TERMINAL = /^[A-Za-z0-9/_.-]{1,32}$/;

/**
 * From where somebody works, for the audit: the address of the SSH line, else the name of the terminal;
 * null when neither is known. What does not look like one is not taken.
 * @param terminal path of the terminal's device, such as `/dev/pts/3`
 */
export function originOf(env: Readonly<Record<string, string | undefined>>, terminal: string | null): string | null {
  const address = env['SSH_CONNECTION']?.split(' ')[0] ?? '';
  if (ADDRESS.test(address)) return address;
  const name = terminal?.replace(/^\/dev\//, '') ?? '';
  return TERMINAL.test(name) ? name : null;
}
