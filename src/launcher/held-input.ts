const CTRL_C = '\x03';

/**
 * Reads the keyboard while the program is being loaded; Ctrl+C leaves.
 * @returns what ends the reading and gives the text typed until then
 */
export function holdInput(leave: () => void): () => string {
  const { stdin } = process;
  let held = '';
  const read = (chunk: string): void => {
    held += chunk;
    if (chunk.includes(CTRL_C)) leave();
  };
  stdin.setEncoding('utf8');
  stdin.setRawMode(true);
  stdin.on('data', read);
  return () => {
    stdin.off('data', read);
    const text = held;
    held = '';
    return text;
  };
}
