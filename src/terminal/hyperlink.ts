/** Addresses that the program itself composed; only these may become links on the screen. */
const allowed = new Set<string>();
const LIMIT = 512;
const SAFE_ADDRESS = /^(?:https:\/\/|mailto:)[\w\-.~:/?#@!$&'()*+,;=%]+$/;

/**
 * Text that terminals open as a web page, or as a new message (OSC 8). The address must be composed by the program
 * from parts that it has percent-encoded; one that holds anything else is not linked.
 */
export function hyperlink(text: string, address: string): string {
  if (!SAFE_ADDRESS.test(address)) return text;
  if (allowed.size >= LIMIT) allowed.clear();
  allowed.add(address);
  return `\x1b]8;;${address}\x1b\\${text}\x1b]8;;\x1b\\`;
}

/** True for addresses that `hyperlink` was given. */
export const isAllowedLink = (address: string): boolean => allowed.has(address);
