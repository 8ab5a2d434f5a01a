import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { create, type Font } from 'fontkit';
import { clean } from '#terminal/sanitize.ts';
import { FONT_FILES } from './font-files.ts';

declare const METERDESK_FONTS: string | undefined;

export type FontName = keyof typeof FONT_FILES;

/** Stands for a character that no font has, so that its reader sees that one is missing. */
export const MISSING = '□';

/** A stretch of text in one font. */
export interface Run {
  readonly font: FontName;
  readonly text: string;
}

/** A font's file: beside the built program, or in its package. */
const placeOf = (file: string): string =>
  fileURLToPath(
    typeof METERDESK_FONTS === 'undefined'
      ? import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`)
      : new URL(`${METERDESK_FONTS}${file}`, import.meta.url),
  );

interface Loaded {
  readonly bytes: Uint8Array;
  readonly font: Font;
}

const loaded = new Map<FontName, Loaded>();

async function load(name: FontName): Promise<void> {
  if (loaded.has(name)) return;
  const bytes = await readFile(placeOf(FONT_FILES[name]));
  loaded.set(name, { bytes, font: create(bytes) as Font });
}

/** The fonts, ready to set text in; read once by a process. */
export class Fonts {
  static async open(): Promise<Fonts> {
    for (const name of Object.keys(FONT_FILES) as FontName[]) await load(name);
    return new Fonts();
  }

  bytesOf(name: FontName): Uint8Array {
    return loaded.get(name)!.bytes;
  }

  /** One line of text in stretches of one font each; controls and the like are taken out before. */
  runs(text: string, bold: boolean): Run[] {
    const runs: Run[] = [];
    for (const character of clean(text)) {
      const font = this.#fontFor(character, bold ? 'bold' : 'plain');
      const shown = font === null ? MISSING : character;
      const last = runs.at(-1);
      const own = font ?? (bold ? 'bold' : 'plain');
      if (last?.font === own) runs[runs.length - 1] = { font: own, text: last.text + shown };
      else runs.push({ font: own, text: shown });
    }
    return runs;
  }

  #fontFor(character: string, first: FontName): FontName | null {
    const code = character.codePointAt(0)!;
    for (const name of [first, 'wide'] as const) {
      if (loaded.get(name)!.font.hasGlyphForCodePoint(code)) return name;
    }
    return null;
  }
}
