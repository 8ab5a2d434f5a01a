import { createInterface } from 'node:readline';
import { SMTPServer } from 'smtp-server';

/*
 * A mail server in a process of its own, as a utility's is. The name before the @ of a receiver says
 * what it does: `gone` is refused, `busy` is put off, `dropped` is taken whole and the line is cut,
 * `stalled` is taken whole and never answered.
 * What it takes it tells its parent, one line of JSON each, and answers the sender when the parent
 * has it: whoever knows that a message was sent finds it there. The parent answers each line by one.
 */

const unheard: (() => void)[] = [];
createInterface({ input: process.stdin })
  .on('line', () => unheard.shift()?.())
  .on('close', () => process.exit());

/** Resolves when the parent has it. */
const tell = (fact: object): Promise<void> =>
  new Promise((resolve) => {
    unheard.push(resolve);
    process.stdout.write(`${JSON.stringify(fact)}\n`);
  });

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

const needed = process.argv[2];

const server = new SMTPServer({
  authOptional: needed === undefined,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onAuth: ({ username = '', password }, _, done) =>
    password === needed ? done(null, { user: username }) : done(refusal(535, 'Authentication failed')),
  onRcptTo: ({ address }, _, done) => {
    if (address.startsWith('gone@')) return done(refusal(550, `5.1.1 <${address}>: no such user`));
    return address.startsWith('busy@') ? done(refusal(451, '4.3.0 try again later')) : done();
  },
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', async () => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      await tell({ to, user: session.user ?? null, raw: Buffer.concat(chunks).toString('base64') });
      if (to[0]!.startsWith('stalled@')) return;
      if (!to[0]!.startsWith('dropped@')) return done();
      // As when the machine goes down after it wrote the message to its disk.
      for (const connection of server.connections)
        (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
    });
  },
});

server.on('error', () => {});
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  void tell({ port: typeof address === 'object' && address ? address.port : 0 });
});
