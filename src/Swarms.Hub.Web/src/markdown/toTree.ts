import type { Token } from 'markdown-it';
import { harmless } from './harmless';
import { imageTarget, linkTarget } from './links';
import { element, textOf, type Attributes, type Element, type Node, type Tag } from './tree';

/** Turns the parser's flat list of tokens into a tree of what may be shown. Tokens that it does not know become text. */
export function toTree(tokens: readonly Token[]): Node[] {
  const builder = new Builder();
  for (const token of tokens) builder.add(token);
  return builder.finish();
}

interface Open {
  readonly tag: Tag;
  readonly attributes: Attributes | undefined;
  readonly children: Node[];
}

const directional: Attributes = { dir: 'auto' };
const headings: Readonly<Record<string, Tag>> = { h1: 'h4', h2: 'h5', h3: 'h6', h4: 'h6', h5: 'h6', h6: 'h6' };

class Builder {
  readonly #root: Node[] = [];
  readonly #open: Open[] = [];

  finish(): Node[] {
    while (this.#open.length > 0) this.#close();
    return this.#root;
  }

  add(token: Token): void {
    switch (token.type) {
      case 'inline':
        for (const child of token.children ?? []) this.add(child);
        return;
      case 'text':
      case 'text_special':
      case 'html_inline':
      case 'html_block':
        this.#text(token.content);
        return;
      case 'softbreak':
      case 'hardbreak':
        this.#push(element('br', []));
        return;
      case 'code_inline':
        this.#push(element('code', harmless(token.content), { dir: 'ltr' }));
        return;
      case 'fence':
      case 'code_block':
        this.#push({
          tag: 'figure',
          children: [],
          leaf: { kind: 'code', language: languageOf(token.info), text: token.content.replace(/\n$/, '') },
        });
        return;
      case 'math':
      case 'math_block': {
        const isBlock = token.type === 'math_block' || token.markup === 'block';
        this.#push({ tag: isBlock ? 'div' : 'span', children: [], leaf: { kind: 'math', tex: token.content, isBlock } });
        return;
      }
      case 'hr':
        this.#push(element('hr', []));
        return;
      case 'image':
        this.#image(token);
        return;
      case 'footnote_ref':
        this.#push(element('sup', [element('span', harmless(noteOf(token)), { class: 'note-ref', 'data-note': noteOf(token) })]));
        return;
      case 'footnote_reference_open':
        this.#begin('div', { class: 'note', 'data-note': noteOf(token) });
        this.#push(element('span', harmless(noteOf(token)), { class: 'note-mark' }));
        return;
      case 'link_open':
        this.#link(token);
        return;
      case 'link_close':
        this.#endLink();
        return;
      default:
        this.#nested(token);
    }
  }

  #nested(token: Token): void {
    if (token.nesting < 0) {
      if (!token.hidden) this.#close();
    } else if (token.nesting > 0) {
      if (token.hidden) return;

      const known = opening(token);
      this.#begin(known.tag, known.attributes);
    } else this.#text(token.content);
  }

  #link(token: Token): void {
    const address = String(token.attrGet('href') ?? '');
    const target = linkTarget(address);
    // A link that leads nowhere safe is shown as it was written, with its address.
    this.#begin(target ? 'a' : 'span', target ? { href: target.href, 'data-host': target.place } : { class: 'dead-link', title: address });
  }

  #endLink(): void {
    const { tag, attributes, children } = this.#open.pop()!;
    const shown = textOf(children).trim();
    const { 'data-host': place, ...rest } = attributes ?? {};
    // The place stands beside the text, except where the text is the address itself.
    const says = place !== undefined && attributes?.href !== undefined && linkTarget(shown)?.href === attributes.href;
    const last = tag === 'span' ? [...children, ...harmless(` (${rest.title ?? ''})`)] : children;
    this.#push(
      element(
        tag,
        last,
        tag === 'a' && !says && place !== undefined ? { ...rest, 'data-host': place } : tag === 'a' ? rest : { class: 'dead-link' },
      ),
    );
  }

  #image(token: Token): void {
    const address = String(token.attrGet('src') ?? '');
    const target = imageTarget(address);
    const alt = token.children ? textOf(toTree(token.children)) : token.content;
    if (target) this.#push({ tag: 'span', children: [], leaf: { kind: 'image', url: target.href, alt } });
    else this.#text(`![${alt}](${address})`);
  }

  #text(text: string): void {
    // A checkbox is drawn as its sign: nobody can tick a box in somebody else's text.
    const parent = this.#open.at(-1);
    const item = parent?.tag === 'p' ? this.#open.at(-2) : parent;
    const isFirst = parent?.children.length === 0 && item?.tag === 'li' && (item === parent || item.children.length === 0);
    const box = isFirst ? /^\[([ xX])\](?=\s)/.exec(text) : null;
    if (box) this.#push(element('span', [box[1] === ' ' ? '☐' : '☑'], { class: 'task-box' }));
    for (const node of harmless(box ? text.slice(3) : text)) this.#push(node);
  }

  #begin(tag: Tag, attributes?: Attributes): void {
    this.#open.push({ tag, attributes, children: [] });
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed) this.#push(element(closed.tag, closed.children, closed.attributes));
  }

  #push(node: Node): void {
    const into = this.#open.at(-1)?.children ?? this.#root;
    const last = into.at(-1);
    if (typeof node === 'string' && typeof last === 'string') into[into.length - 1] = last + node;
    else into.push(node);
  }
}

function opening(token: Token): Pick<Element, 'tag' | 'attributes'> {
  const heading = headings[token.tag];
  if (heading) return { tag: heading, attributes: { ...directional, class: token.tag } };

  switch (token.type) {
    case 'paragraph_open':
      return { tag: 'p', attributes: directional };
    case 'blockquote_open':
      return { tag: 'blockquote' };
    case 'bullet_list_open':
      return { tag: 'ul' };
    case 'ordered_list_open': {
      const start = token.attrGet('start');
      return start === null ? { tag: 'ol' } : { tag: 'ol', attributes: { start: String(start) } };
    }
    case 'list_item_open':
      return { tag: 'li', attributes: directional };
    case 'table_open':
      return { tag: 'table' };
    case 'thead_open':
      return { tag: 'thead' };
    case 'tbody_open':
      return { tag: 'tbody' };
    case 'tr_open':
      return { tag: 'tr' };
    case 'th_open':
    case 'td_open': {
      const aligned = /(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1];
      const attributes = aligned === undefined ? directional : { ...directional, class: aligned };
      return { tag: token.type === 'th_open' ? 'th' : 'td', attributes };
    }
    case 'strong_open':
      return { tag: 'strong' };
    case 'em_open':
      return { tag: 'em' };
    case 's_open':
      return { tag: 's' };
    default:
      return { tag: 'div' };
  }
}

function languageOf(info: string): string {
  return /^[\w+#.-]{1,30}/.exec(info.trim())?.[0].toLowerCase() ?? '';
}

function noteOf(token: Token): string {
  return (token.meta as { label?: string } | null)?.label ?? '';
}
