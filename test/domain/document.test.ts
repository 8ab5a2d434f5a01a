import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mediaName, mediaProblem, plainFileName, sizeText, USUAL_MEDIA_TYPES } from '#domain/document.ts';

describe('the name of a file', () => {
  test.each([
    ['/home/ann/Lease 2026.pdf', 'Lease 2026.pdf'],
    ['C:\\scans\\lease.pdf', 'lease.pdf'],
    ['.bashrc', 'bashrc'],
    ['a\u001b[31mb\u202e.pdf', 'a[31mb.pdf'],
    ['what?.pdf', 'what_.pdf'],
    ['', 'document'],
    [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(115)}.jpeg`],
  ])('%j is kept as %j', (name, kept) => {
    expect(plainFileName(name)).toBe(kept);
  });

  test('whatever it is, is short, leads nowhere and steers nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const kept = plainFileName(name);
        expect(kept).toMatch(/^[^/\\\p{Cc}.][^/\\\p{Cc}]*$/u);
        expect(kept.length).toBeLessThanOrEqual(120);
        expect(kept.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('the kind of a file', () => {
  test('is taken when the company allows it; programs never are', () => {
    expect(mediaProblem('application/pdf', USUAL_MEDIA_TYPES)).toBeNull();
    expect(mediaProblem('application/zip', USUAL_MEDIA_TYPES)).toContain('application/zip');
    expect(mediaProblem('', USUAL_MEDIA_TYPES)).toContain('cannot be told');
    expect(mediaProblem('application/x-elf', ['application/x-elf'])).toContain('program');
  });

  test('and its size are said as people say them', () => {
    expect(['application/pdf', 'text/plain', 'image/jpeg'].map(mediaName)).toEqual(['PDF', 'text', 'JPEG']);
    expect([312, 48_800, 2_500_000].map(sizeText)).toEqual(['312 B', '48 KB', '2.4 MB']);
  });
});
