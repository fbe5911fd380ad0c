// Writes links/links.json: "Links" of PROTOCOL.md once more, by Node alone, so that the server's own code is not its judge.
import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const random = (name, size) => createHash('sha256').update(name, 'utf8').digest().subarray(0, size);

const field = bytes => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const text = value => field(Buffer.from(value ?? '', 'utf8'));
const number = value => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return field(bytes);
};

const digestOf = (key, data) => createHmac('sha256', key).update(data, 'utf8').digest();
const linkOf = (before, { sequence, at, type, run, by }, digest) =>
  createHash('sha256')
    .update(
      Buffer.concat([Buffer.from([1]), before, number(sequence), number(Date.parse(at)), text(type), text(run), text(by), field(digest)]),
    )
    .digest()
    .subarray(0, 16);
const cursorOf = (link, sequence) => `0600${link.toString('hex')}:${sequence}`;

// The events of one chain; `key` is the name of one, and data without a key were erased: only their digest is left.
function chain(description, sequence, list) {
  const first = random(description, 16);
  let link = first;
  let next = sequence;
  const events = list.map(({ erased, key, data, ...more }) => {
    const digest = digestOf(random(key, 32), data);
    const event = { sequence: ++next, ...more };
    link = linkOf(link, event, digest);
    const { at, type, run, by } = event;
    return {
      sequence: next,
      at,
      type,
      run,
      by,
      ...(erased ? {} : { key: random(key, 32).toString('hex'), data }),
      digest: digest.toString('hex'),
      link: link.toString('hex'),
      cursor: cursorOf(link, next),
    };
  });
  return { description, sequence, link: first.toString('hex'), cursor: cursorOf(first, sequence), events };
}

const at = '2026-01-01T12:00:00.123Z';
const said = words => JSON.stringify({ text: words });
const content = {
  description: "The chains of some rooms' logs, as PROTOCOL.md (Links) has them.",
  chains: [
    chain('From link 0, what people do and one run, whose events have one key.', 0, [
      { at, type: 'room.created', by: 'm1', key: 'event 1', data: '{"name":"Biology"}' },
      { at, type: 'message', by: 'm1', key: 'event 2', data: said('Hello') },
      {
        at,
        type: 'run.queued',
        run: 'r1',
        by: 'm1',
        key: 'run r1',
        data: '{"kind":"agent","agent":{"name":"Teacher"},"task":"Explain leaves","position":0}',
      },
      { at: '2026-01-01T12:00:01.000Z', type: 'run.started', run: 'r1', key: 'run r1', data: '{}' },
      { at: '2026-01-01T12:00:01.001Z', type: 'chunk', run: 'r1', key: 'run r1', data: '{"content":"Leaves "}' },
      { at: '2026-01-01T12:00:01.001Z', type: 'chunk', run: 'r1', key: 'run r1', data: '{"content":"Leaves "}' },
      { at: '2026-01-01T12:00:02.000Z', type: 'room.renamed', key: 'event 7', data: '{"name":"Botany"}' },
    ]),
    chain("Letters of several bytes, in data and in an upstream's own type.", 0, [
      { at, type: 'message', by: 'm1', key: 'letters', data: said('Grüße, 葉っぱ 🌿 e\u0301') },
      { at, type: 'pensée.🌿', run: 'r1', key: 'letters of a run', data: '{"content":"Ω"}' },
    ]),
    chain('Times before 1970, to the first and the last that there are.', 0, [
      { at: '1969-12-31T23:59:59.999Z', type: 'message', by: 'm1', key: 'late', data: said('Late in the year') },
      { at: '0001-01-01T00:00:00.000Z', type: 'message', by: 'm1', key: 'first', data: said('First') },
      { at: '1970-01-01T00:00:00.000Z', type: 'message', by: 'm1', key: 'zero', data: said('Zero') },
      { at: '9999-12-31T23:59:59.999Z', type: 'message', by: 'm1', key: 'last', data: said('Last') },
    ]),
    chain('A chain that begins late, at a sequence that does not fit into 32 bits.', 2 ** 32 - 2, [
      { at, type: 'message', by: 'm1', key: 'below', data: said('Below') },
      { at, type: 'message', by: 'm1', key: 'at', data: said('At') },
      { at, type: 'message', by: 'm1', key: 'above', data: said('Above') },
    ]),
    chain('A type of several hundred characters.', 0, [
      { at, type: 'leaf.'.repeat(100), run: 'r1', key: 'long', data: '{"content":"Long"}' },
      { at, type: '葉'.repeat(400), run: 'r1', key: 'long', data: '{"content":"Longer"}' },
    ]),
    chain('An event whose data was erased, with its key, and one behind it.', 0, [
      { at, type: 'message', by: 'm1', key: 'before', data: said('Before') },
      { erased: true, at, type: 'message', by: 'm1', key: 'secret', data: said('What nobody may know any more') },
      { at, type: 'message', by: 'm1', key: 'behind', data: said('Behind') },
    ]),
  ],
};

const folder = join(process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url)), 'links');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'links.json'), JSON.stringify(content, null, 2) + '\n');
