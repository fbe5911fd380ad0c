import MarkdownItParser, { type Env, type MarkdownIt } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import footnote from 'markdown-it-footnote';
import { mathRules } from './mathRules';

/** The definitions that were read before, for one parsing to look up. */
export interface Definitions extends Env {
  footnotes?: { refs?: Record<string, number>; list?: unknown[] };
}

/** Everything that a model may write. */
export const runParser = create();

/** The parser for people's messages: no headings, tables, pictures, maths or footnotes. */
export const messageParser = create().disable([
  'heading',
  'lheading',
  'table',
  'hr',
  'image',
  'html_inline',
  'footnote_ref',
  'footnote_def',
  'math',
  'math_block',
  'reference',
  'code',
]);

function create(): MarkdownIt {
  const md = new MarkdownItParser({ html: false, linkify: true, breaks: true, typographer: false, maxNesting: 40 })
    .use(cjkFriendly)
    .use(footnote)
    .use(mathRules);
  // A footnote stands where it was written: a text that grows has no end to gather them at.
  md.disable(['footnote_tail', 'footnote_inline']);
  // Only what is written as an address becomes a link: `readme.md` and `node.js` are none.
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  md.validateLink = () => true;
  md.normalizeLink = url => url;
  md.normalizeLinkText = url => url;
  return md;
}
