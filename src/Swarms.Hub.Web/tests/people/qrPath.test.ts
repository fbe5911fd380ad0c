import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { qrPath } from '../../src/people/qrPath';

/** Draws the path as a screen does, with so many pixels for each module. */
function pixelsOf(text: string, scale: number): { data: Uint8ClampedArray; width: number } {
  const { size, path } = qrPath(text);
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(length)) * scale; column++)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }

  return { data, width };
}

describe('The QR code of a link', () => {
  it.each([
    'http://localhost:5080/join#shi_AbCdEfGhIjKlMnOpQrStUv',
    'https://hub.school.example/swarms/below/a/long/path/join#shi_AbCdEfGhIjKlMnOpQrStUv',
    'http://192.168.178.23:5080/join#shi_-_-_-_-_-_-_-_-_-_-_-_',
  ])('is read as the link: %s', url => {
    const { data, width } = pixelsOf(url, 4);
    expect(jsQR(data, width, width)?.data).toBe(url);
  });

  it('has four modules of quiet on each side', () => {
    const { size, path } = qrPath('http://localhost:5080/join#secret');
    const places = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, length]) => ({
      x: Number(x),
      y: Number(y),
      to: Number(x) + Number(length),
    }));
    expect(Math.min(...places.flatMap(({ x, y }) => [x, y]))).toBe(4);
    expect(Math.max(...places.flatMap(({ to, y }) => [to, y + 1]))).toBe(size - 4);
  });
});
