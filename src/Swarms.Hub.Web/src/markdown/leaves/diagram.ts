import { addressOf } from '../../shared/base';
import { say } from '../words';

/**
 * Offers to draw a diagram above its source. The renderer runs in a frame of its own, without the page's origin: what it draws can reach
 * neither the page nor the hub.
 */
export function drawDiagram(figure: HTMLElement, source: string): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = say('text.showDiagram');
  button.addEventListener('click', () => {
    const frame = document.createElement('iframe');
    frame.className = 'diagram';
    frame.title = say('text.diagram');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.src = addressOf('/frames/diagram.html');
    const onMessage = (event: MessageEvent<unknown>) => {
      if (event.source !== frame.contentWindow) return;
      if (!frame.isConnected) removeEventListener('message', onMessage);

      const { height, isReady } = event.data as { height?: unknown; isReady?: unknown };
      if (isReady === true) frame.contentWindow?.postMessage({ source, isDark: matchMedia('(prefers-color-scheme: dark)').matches }, '*');
      // Bounded: a diagram may not push everything else out of sight.
      if (typeof height === 'number' && Number.isFinite(height)) frame.style.height = `${Math.min(Math.max(height, 40), 900)}px`;
    };
    addEventListener('message', onMessage);
    button.replaceWith(frame);
  });
  figure.insertBefore(button, figure.querySelector('pre'));
}
