import { GrowingMarkdown } from '../../src/markdown/GrowingMarkdown';
import { messageParser, runParser } from '../../src/markdown/parser';
import type { Node } from '../../src/markdown/tree';

/** Writes a tree on one line: an element as `tag.class[attribute](children)`, code, maths and pictures as what they hold. */
export function show(nodes: readonly Node[]): string {
  return nodes.map(showNode).join('');
}

function showNode(node: Node): string {
  if (typeof node === 'string') return node.replaceAll('\n', '⏎');
  if (node.leaf?.kind === 'code') return `code:${node.leaf.language}«${node.leaf.text.replaceAll('\n', '⏎')}»`;
  if (node.leaf?.kind === 'math') return `${node.leaf.isBlock ? 'formula' : 'math'}«${node.leaf.tex.replaceAll('\n', '⏎')}»`;
  if (node.leaf?.kind === 'image') return `picture«${node.leaf.alt}|${node.leaf.url}»`;
  if (node.tag === 'br') return '↵';
  if (node.tag === 'hr') return '—';

  const { class: name, href, start, 'data-host': host, 'data-mark': mark } = node.attributes ?? {};
  const attributes = [href, host && `on ${host}`, start, mark].filter(Boolean).join(' ');
  const classes = name === undefined ? '' : `.${name.replaceAll(' ', '.')}`;
  return `${node.tag}${classes}${attributes === '' ? '' : `[${attributes}]`}(${show(node.children)})`;
}

type Form = 'run' | 'message';

export function reader(form: Form = 'run'): GrowingMarkdown {
  return new GrowingMarkdown(form === 'run' ? runParser : messageParser);
}

/** Reads a text that comes in pieces of a length, and returns its blocks. */
export function streamed(text: string, length: number, form: Form = 'run'): string[] {
  const markdown = reader(form);
  for (let end = length; end < text.length; end += length) markdown.tryUpdate(text.slice(0, end), false);
  markdown.tryUpdate(text, true);
  return markdown.blocks.map(block => show(block.nodes));
}

/** Returns the blocks as they stand while the text may go on. */
export function unfinished(text: string, form: Form = 'run'): string[] {
  const markdown = reader(form);
  markdown.tryUpdate(text, false);
  return markdown.blocks.map(block => show(block.nodes));
}
