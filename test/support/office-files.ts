import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from './folder.ts';

/** Files of a few bytes whose beginnings are those of their kinds. */
const CONTENTS: Readonly<Record<string, Buffer>> = {
  pdf: Buffer.from('%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n'),
  png: Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000200015e1f0aa30000000049454e44ae426082',
    'hex',
  ),
  elf: Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(64)]),
  exe: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(256)]),
  sh: Buffer.from('#!/bin/sh\necho hello\n'),
  txt: Buffer.from('Agreed on the phone: reads on Tuesdays.\nSigned, Ann\n'),
  raw: Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]),
};

/** A folder of files: `{ 'lease.pdf': 'pdf' }`; answers the path of each. */
export function officeFiles(wanted: Readonly<Record<string, string | Buffer>>): (name: string) => string {
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  for (const [name, kind] of Object.entries(wanted)) {
    writeFileSync(join(folder, name), typeof kind === 'string' ? CONTENTS[kind]! : kind);
    chmodSync(join(folder, name), 0o600);
  }
  return (name) => join(folder, name);
}

export const contentOf = (kind: string): Buffer => CONTENTS[kind]!;
