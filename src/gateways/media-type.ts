/** How much of a text is looked at. */
const LOOKED_AT = 64 * 1024;

/**
 * What kind of file that is, by its content: a name says what somebody called it. Empty when the
 * content tells nothing. Text is what holds nothing but text; a script is told apart by how it starts.
 */
export async function mediaTypeOf(content: Uint8Array): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(content);
  if (found) return found.mime;
  if (content[0] === 0x23 && content[1] === 0x21) return 'text/x-shellscript';
  return isText(content) ? 'text/plain' : '';
}

/** UTF-8, or the eight bits of older systems, without the control characters that only programs write. */
function isText(content: Uint8Array): boolean {
  for (const byte of content.subarray(0, LOOKED_AT)) {
    if (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)) return false;
  }
  return true;
}
