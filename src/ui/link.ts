import { hyperlink } from '#terminal/hyperlink.ts';

/** A painted line in which this text, where it was not cut, opens an address. */
export function withLink(painted: string, text: string, address: string | null): string {
  if (address === null || text === '') return painted;
  const at = painted.lastIndexOf(text);
  return at < 0 ? painted : painted.slice(0, at) + hyperlink(text, address) + painted.slice(at + text.length);
}
