/** A text as a tree of what may be shown. Nothing else reaches the document: there is no way to write markup. */
export type Node = string | Element;

export interface Element {
  readonly tag: Tag;
  readonly attributes?: Attributes;
  readonly children: readonly Node[];
  /** Drawn by code of its own instead of by `children`. */
  readonly leaf?: Leaf;
}

export type Tag =
  | 'a'
  | 'bdi'
  | 'blockquote'
  | 'br'
  | 'code'
  | 'div'
  | 'em'
  | 'figure'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'hr'
  | 'li'
  | 'ol'
  | 'p'
  | 's'
  | 'span'
  | 'strong'
  | 'sup'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'tr'
  | 'ul';

/** Attributes that hold no code and load nothing. `href` was checked by `linkTarget`. */
export type Attributes = Readonly<
  Partial<Record<'class' | 'dir' | 'href' | 'start' | 'title' | 'data-host' | 'data-mark' | 'data-note' | 'aria-label', string>>
>;

export type Leaf = CodeLeaf | MathLeaf | ImageLeaf;

export interface CodeLeaf {
  readonly kind: 'code';
  /** As the author named it; empty where they did not. */
  readonly language: string;
  readonly text: string;
}

export interface MathLeaf {
  readonly kind: 'math';
  readonly tex: string;
  readonly isBlock: boolean;
}

export interface ImageLeaf {
  readonly kind: 'image';
  readonly url: string;
  readonly alt: string;
}

export function element(tag: Tag, children: readonly Node[], attributes?: Attributes): Element {
  return attributes === undefined ? { tag, children } : { tag, children, attributes };
}

/** Returns what a reader sees of a tree, without what only the drawing adds. */
export function textOf(nodes: readonly Node[]): string {
  return nodes
    .map(node => {
      if (typeof node === 'string') return node;
      if (node.leaf) return node.leaf.kind === 'image' ? node.leaf.alt : node.leaf.kind === 'code' ? node.leaf.text : node.leaf.tex;

      return node.tag === 'br' ? '\n' : textOf(node.children);
    })
    .join('');
}
