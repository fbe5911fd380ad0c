import { element, type Node } from './tree';

/** Characters that turn the direction of what follows: shown by their code, with no effect beyond themselves. */
const directionControls = /[\u202a-\u202e\u2066-\u2069]/u;
/** More marks than any script puts on one letter. They would tower over the lines above and below. */
const pileOfMarks = /[^\p{M}]?\p{M}{7,}/u;
const suspicious = new RegExp(`${directionControls.source}|\\p{M}{7,}`, 'u');
const parts = new RegExp(`(${directionControls.source}|${pileOfMarks.source})`, 'gu');

/** Returns a text as nodes in which no character acts on what stands around it. No character is lost. */
export function harmless(text: string): Node[] {
  if (text === '') return [];
  if (!suspicious.test(text)) return [text];

  return text
    .split(parts)
    .filter(part => part !== '')
    .map(part => {
      if (directionControls.test(part)) return element('bdi', [part], { class: 'control', 'data-mark': codeOf(part) });

      return pileOfMarks.test(part) ? element('bdi', [part], { class: 'pile' }) : part;
    });
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
