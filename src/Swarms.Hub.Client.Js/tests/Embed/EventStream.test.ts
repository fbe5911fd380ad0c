import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventStream } from '../../src/Embed/EventStream.js';

it('reads the same events wherever the pieces are cut', () => {
  const events = fc.array(
    fc.record({ id: fc.stringMatching(/^[a-z0-9:]{1,9}$/), type: fc.stringMatching(/^[a-z.]{1,9}$/), data: fc.json() }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(events, fc.array(fc.nat(200)), (written, cuts) => {
      const text = written.map(({ id, type, data }) => `id: ${id}\nevent: ${type}\ndata: ${data}\n\n`).join('');
      const places = [0, ...cuts.map(cut => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
      const stream = new EventStream();
      const read = places.slice(1).flatMap((end, i) => stream.read(text.slice(places[i], end)));
      expect(read).toEqual(written);
    }),
  );
});

it('passes comments over', () => {
  expect(new EventStream().read(': keep-alive\n\nevent: ping\ndata: {}\n\n')).toEqual([{ id: '', type: 'ping', data: '{}' }]);
});
