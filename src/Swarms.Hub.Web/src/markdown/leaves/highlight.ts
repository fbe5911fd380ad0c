import { common, createLowlight } from 'lowlight';

type Tree = ReturnType<ReturnType<typeof createLowlight>['highlight']>;

const lowlight = createLowlight(common);

/** A stretch of code with the classes of its colour. */
export interface Stretch {
  readonly classes: string;
  readonly text: string;
}

/** Returns the text in stretches, complete and in order; undefined where the language is not known. */
export function highlightedParts(language: string, text: string): Stretch[] | undefined {
  if (!lowlight.registered(language)) return undefined;

  const stretches: Stretch[] = [];
  collect(lowlight.highlight(language, text), '', stretches);
  return stretches;
}

function collect(node: Tree | Tree['children'][number], classes: string, into: Stretch[]): void {
  if (node.type === 'text') into.push({ classes, text: node.value });
  if (!('children' in node)) return;

  const own = node.type === 'element' && Array.isArray(node.properties.className) ? node.properties.className.join(' ') : classes;
  for (const child of node.children) collect(child, own, into);
}
