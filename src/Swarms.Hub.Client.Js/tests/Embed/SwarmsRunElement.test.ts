// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import '../../src/Embed/index.js';

const run = {
  id: 'r1',
  kind: 'agent',
  agent: { name: 'Writer', model: null },
  task: 'Tell',
  state: 'running',
  queuedAt: '2026-01-01T12:00:00.000Z',
  text: 'One ',
};
const snapshot = {
  kind: 'snapshot',
  cursor: '0602aa:4',
  reason: 'first',
  room: { id: 'r1', name: '', createdAt: run.queuedAt },
  members: [],
  formerMembers: [],
  runs: [run],
  messages: [],
  agents: [],
  groups: [],
};

/** Each request of the element, and the stream that answers it. */
let feeds: { readonly headers: Record<string, string>; readonly write: (text: string) => void; readonly end: () => void }[];
let refusal: Response | undefined;

beforeEach(() => {
  feeds = [];
  refusal = undefined;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    expect(url).toBe('http://hub.test/api/embed/r1');
    expect(init.credentials).toBe('omit');
    if (refusal) return Promise.resolve(refusal);

    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: opened => {
        controller = opened;
      },
    });
    feeds.push({
      headers: init.headers as Record<string, string>,
      write: text => controller.enqueue(new TextEncoder().encode(text)),
      end: () => controller.close(),
    });
    return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
  });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function show(attributes: Record<string, string> = {}): HTMLElement {
  const element = document.createElement('swarms-run');
  const given = { hub: 'http://hub.test', run: 'r1', token: 'she_x', ...attributes };
  for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
}

const part = (element: HTMLElement, name: string) => element.shadowRoot!.querySelector(`.${name}`)!;
const event = (sequence: number, type: string, data: object) =>
  `id: 0602aa:${sequence}\nevent: ${type}\ndata: ${JSON.stringify({ sequence, at: run.queuedAt, type, run: 'r1', data })}\n\n`;
/** Waits as long as a machine may take that has other work, too. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });
const opened = (count: number) => until(() => expect(feeds).toHaveLength(count));
const text = (element: HTMLElement, words: string) => until(() => expect(part(element, 'text').textContent).toBe(words));

it('shows the run as it grows, over other sequences, and resumes where a cut left it', async () => {
  const element = show();
  await opened(1);
  expect(feeds[0]!.headers).toEqual({ Accept: 'text/event-stream', Authorization: 'Bearer she_x' });
  feeds[0]!.write(`id: 0602aa:4\nevent: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`);
  await text(element, 'One ');
  expect(part(element, 'heading').textContent).toBe('Writer');
  expect(part(element, 'task').textContent).toBe('Tell');
  expect(part(element, 'state').textContent).toBe('Writing');

  feeds[0]!.write(event(9, 'chunk', { content: 'two ' }));
  await text(element, 'One two ');
  feeds[0]!.end();
  await opened(2);
  expect(feeds[1]!.headers['Last-Event-ID']).toBe('0602aa:9');
  feeds[1]!.write('event: resumed\ndata: {"kind":"resumed","cursor":"0602aa:9"}\n\n');
  feeds[1]!.write(event(30, 'chunk', { content: 'three' }) + event(31, 'done', { bytes: 13, sha256: 'x'.repeat(64) }));
  await text(element, 'One two three');
  await until(() => expect(part(element, 'state').textContent).toBe('Done'));
  // The digest is a wrong one, and the element says so.
  await until(() => expect(part(element, 'notice').textContent).toBe('The text may be incomplete.'));
});

it('says in an event why it cannot go on, and shows no more text', async () => {
  const errors: unknown[] = [];
  document.body.addEventListener('swarms-error', event => errors.push((event as CustomEvent).detail), { once: true });
  const element = show({ lang: 'de' });
  await opened(1);
  feeds[0]!.write(`event: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`);
  await text(element, 'One ');
  feeds[0]!.write('event: closed\ndata: {"code":"not_found","message":"The run was removed."}\n\n');
  await text(element, '');
  expect(part(element, 'notice').textContent).toBe('Dieser Lauf wurde entfernt.');
  expect(errors).toEqual([{ code: 'not_found', message: 'The run was removed.' }]);
});

it('is refused for good by an expired token, and begins anew with another', async () => {
  refusal = Response.json({ code: 'unauthenticated', detail: 'The token has expired.' }, { status: 401 });
  const element = show();
  await until(() => expect(part(element, 'notice').textContent).toBe('This view has expired or was taken back.'));
  refusal = undefined;
  element.setAttribute('token', 'she_y');
  await opened(1);
  expect(feeds[0]!.headers.Authorization).toBe('Bearer she_y');
});

it('asks for what it takes', async () => {
  const errors: unknown[] = [];
  document.body.addEventListener('swarms-error', event => errors.push((event as CustomEvent).detail), { once: true });
  show({ token: '' });
  await until(() => expect(errors).toEqual([{ code: 'invalid', message: 'A swarms-run takes the attributes hub, run and token.' }]));
});
