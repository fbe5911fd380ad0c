import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { inJavaScript } from './PublicApi.js';

/** What a file declares and says of it, in its order; types stand under their own names, members under those of JavaScript. */
export type Docs = Map<string, string>;

const longestLine = 140;

/** Exceptions are errors in JavaScript. */
export const renamed: Readonly<Record<string, string>> = { HubClientException: 'HubClientError' };

/** The summaries of a C# file, in words that both languages have. */
export function readCSharpDocs(file: URL): Docs {
  const docs: Docs = new Map();
  let doc: string[] = [];
  for (const line of readFileSync(file, 'utf8')
    .split('\n')
    .map(line => line.trim())) {
    if (line.startsWith('///')) doc.push(line.slice(3).trim());
    else if (!/^\[[^\]]*\]$/.test(line)) {
      const [, type] = /\b(?:class|record|struct|interface|enum) (?:struct )?(\w+)/.exec(line) ?? [];
      const name = type ?? /(\w+)(?:<\w+>)?,?$/.exec(line.split(/[({=;]/)[0]!.trim())?.[1];
      if (doc.length > 0 && name !== undefined) record(docs, type === undefined ? inJavaScript(name) : name, doc.join(' '));

      doc = [];
    }
  }

  return docs;
}

function record(docs: Docs, csharpName: string, xml: string): void {
  const name = renamed[csharpName] ?? csharpName;
  const summary = /<summary>(.*?)<\/summary>/.exec(xml)?.[1];
  if (summary !== undefined && !docs.has(name)) docs.set(name, inWords(summary));

  for (const [, parameter, text] of xml.matchAll(/<param name="(\w+)">(.*?)<\/param>/g)) {
    // Those of a record are its members.
    if (/^[A-Z]/.test(parameter!)) docs.set(inJavaScript(parameter!), inWords(text!));
  }
}

function inWords(xml: string): string {
  return (
    xml
      .replaceAll(
        /<see cref="(?:\w+\{T\}|([\w.]+))"\s*\/>/g,
        (_, path: string) =>
          `\`${path
            .split('.')
            .map((part, i, all) => ((i === 0 && all.length > 1) || isType(part) ? (renamed[part] ?? part) : inJavaScript(part)))
            .join('.')}\``,
      )
      .replaceAll(/<paramref name="(\w+)"\s*\/>/g, (_, name: string) => `\`${inJavaScript(name)}\``)
      .replaceAll(/<c>(.*?)<\/c>/g, '`$1`')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replaceAll(/\s+/g, ' ')
      // JavaScript has one thread.
      .split(/(?<=\.) (?=[A-Z])/)
      .filter(sentence => !/\bthread/i.test(sentence))
      .join(' ')
      .trim()
  );
}

/** Types are named as they are; members begin with a small letter in JavaScript. */
function isType(name: string): boolean {
  return types.has(name);
}

const types = new Set<string>(Object.keys(renamed));

/** Names that stay as they are in both languages. */
export function rememberType(name: string): void {
  types.add(name);
}

/** The first paragraphs of what a TypeScript file says, in the same words; and the names that are no members of anything. */
export function readTypeScriptDocs(file: URL): { readonly docs: Docs; readonly free: ReadonlySet<string | undefined> } {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const docs: Docs = new Map();
  const visit = (node: ts.Node): void => {
    const name = isPrivateField(node) ? undefined : nameOf(node);
    const text = docOf(node);
    if (name !== undefined && text !== undefined && !docs.has(name)) docs.set(name, text);

    if (!ts.isFunctionLike(node) && !ts.isBlock(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return { docs, free: new Set(source.statements.map(nameOf)) };
}

function isPrivateField(node: ts.Node): boolean {
  return ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name);
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.name.getText();

  return (node as { name?: ts.Node }).name?.getText().replace('#', '');
}

function docOf(node: ts.Node): string | undefined {
  const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  if (doc?.parent !== node) return undefined;

  const internal = doc.tags?.find(tag => tag.tagName.text === 'internal');
  const text = [doc.comment, internal?.comment]
    .map(part => ts.getTextOfJSDocComment(part) ?? '')
    .join(' ')
    .trim();
  return text === '' ? undefined : text.split('\n\n')[0]!.replaceAll(/\s+/g, ' ').trim();
}

/** Without the words that mean the same in both languages. */
export function alike(text: string | undefined): string | undefined {
  return text?.replaceAll('`', '').replaceAll('undefined', 'null').replaceAll('Undefined', 'Null');
}

/** Says the sentences of .NET in a TypeScript file, where it has others. */
export function writeTypeScriptDocs(file: URL, docs: Docs): void {
  let text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file.pathname, text, ts.ScriptTarget.ES2022, true);
  const seen = new Set<string>();
  const comments: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    const said = docOf(node);
    const name = isPrivateField(node) ? undefined : nameOf(node);
    const words = name === undefined || seen.has(name) ? undefined : docs.get(name);
    if (name !== undefined && said !== undefined) seen.add(name);

    const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
    if (said !== undefined && words !== undefined && doc && !doc.tags && alike(said) !== alike(words)) {
      const column = source.getLineAndCharacterOfPosition(doc.pos).character;
      comments.push({
        start: doc.pos,
        end: doc.end,
        text: comment(/undefined/i.test(said) ? inTypeScript(words) : words, ' '.repeat(column)),
      });
    }

    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  for (const { start, end, text: words } of comments.reverse()) text = text.slice(0, start) + words + text.slice(end);

  writeFileSync(file, text);
}

function inTypeScript(words: string): string {
  return words.replaceAll(/\bnull\b/g, 'undefined').replaceAll(/\bNull\b/g, 'Undefined');
}

function comment(words: string, indent: string): string {
  if (indent.length + words.length + '/**  */'.length <= longestLine) return `/** ${words} */`;

  const lines = [''];
  for (const word of words.split(' ')) {
    if (indent.length + ' * '.length + lines.at(-1)!.length + 1 + word.length > longestLine) lines.push(word);
    else lines.push(`${lines.pop()!} ${word}`.trim());
  }

  return ['/**', ...lines.map(line => `${indent} * ${line}`), `${indent} */`].join('\n');
}
