import { act, type ReactElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished, vi } from 'vitest';
import { HubClient, type HubClientOptions } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

/** A member as the hub answers with it. */
export const ada = { id: 'm1', name: 'Ada', role: 'host', joinedAt: '2026-01-01T12:00:00.000Z' };

/** A hub without a network, whose time and frames a test moves. Every call is answered as the room's state with the member Ada. */
export function hubForReact(options: HubClientOptions = {}) {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame', 'Date'],
  });
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);
  const fake = new FakeHub();
  const fetch = vi.fn((url: unknown) =>
    Promise.resolve(
      String(url).endsWith('/presence') ? Response.json({ members: [] }) : Response.json({ room: { id: 'r1', name: 'Room' }, me: ada }),
    ),
  );
  const hub = new HubClient('http://hub.test', { connect: fake.connect, fetch: fetch as unknown as typeof globalThis.fetch, ...options });
  onTestFinished(() => {
    hub.close();
    vi.useRealTimers();
  });
  return { fake, hub, fetch };
}

/** Lets everything happen until the next frame was drawn. */
export const frame = () => act(() => vi.advanceTimersByTimeAsync(20));

/** Draws something in React's strict mode. */
export function draw(element: ReactElement) {
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  let isDrawn = true;
  const unmount = () => {
    if (isDrawn) act(() => root.unmount());
    isDrawn = false;
  };
  const show = (shown: ReactElement) => act(() => root.render(<StrictMode>{shown}</StrictMode>));
  onTestFinished(() => {
    unmount();
    container.remove();
  });
  show(element);
  return { container, show, unmount };
}
