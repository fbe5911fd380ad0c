import { linkTarget } from '../links';
import type { ImageLeaf } from '../tree';
import { say } from '../words';

/** Draws a picture as a button that says where it would come from. The picture is asked for only when somebody wants to see it. */
export function drawImage(own: HTMLElement, leaf: ImageLeaf, before: ImageLeaf | undefined): void {
  if (before?.url === leaf.url && before.alt === leaf.alt) return;

  own.className = 'picture';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = say('text.showPicture', { alt: leaf.alt, place: linkTarget(leaf.url)?.place ?? '' });
  button.addEventListener('click', () => {
    const image = document.createElement('img');
    image.referrerPolicy = 'no-referrer';
    image.alt = leaf.alt;
    image.addEventListener('error', () => (button.textContent = say('text.pictureFailed', { alt: leaf.alt })));
    image.addEventListener('load', () => own.replaceChildren(image));
    image.src = leaf.url;
  });
  own.replaceChildren(button);
}
