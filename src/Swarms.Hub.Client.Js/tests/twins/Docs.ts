import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { inJavaScript } from './PublicApi.js';

/** What a file declares and says of it, in its order; types stand under their own names, members under those of JavaScript. */
export type Docs = Map<string, string>;

/** Exceptions are errors in JavaScript. */
export const renamed: Readonly<Record<string, string>> = { HubClientException: 'HubClientError' };

/** The summaries of a C# file, in words that both languages have. */
export function readCSharpDocs(file: URL): Docs {
  const docs: Docs = new Map();
  let doc: string[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n').map(line => line.trim())) {
    if (line.startsWith('///'))
      doc.push(line.slice(3).trim());
    else if (!/^\[[^\]]*\]$/.test(line)) {
      const [, type] = /\b(?:class|record|struct|interface|enum) (?:struct )?(\w+)/.exec(line) ?? [];
      const name = type ?? /(\w+)(?:<\w+>)?,?$/.exec(line.split(/[({=;]/)[0]!.trim())?.[1];
      if (doc.length > 0 && name !== undefined)
        record(docs, type === undefined ? inJavaScript(name) : name, doc.join(' '));

      doc = [];
    }
  }

  return docs;
}

function record(docs: Docs, csharpName: string, xml: string): void {
  const name = renamed[csharpName] ?? csharpName;
  const summary = /<summary>(.*?)<\/summary>/.exec(xml)?.[1];
  if (summary !== undefined && !docs.has(name))
    docs.set(name, inWords(summary));

  for (const [, parameter, text] of xml.matchAll(/<param name="(\w+)">(.*?)<\/param>/g)) {
    // Those of a record are its members.
    if (/^[A-Z]/.test(parameter!))
      docs.set(inJavaScript(parameter!), inWords(text!));
  }
}

function inWords(xml: string): string {
  return xml
    .replaceAll(/<see cref="(?:\w+\{T\}|([\w.]+))"\s*\/>/g, (_, path: string) => path.split('.').map((part, i, all) =>
      (i === 0 && all.length > 1) || isType(part) ? renamed[part] ?? part : inJavaScript(part)).join('.'))
    .replaceAll(/<paramref name="(\w+)"\s*\/>/g, (_, name: string) => inJavaScript(name))
    .replaceAll(/<c>(.*?)<\/c>/g, '$1')
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    // JavaScript has one thread.
    .split(/(?<=\.) (?=[A-Z])/).filter(sentence => !/\bthread/i.test(sentence)).join(' ').trim();
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
    if (name !== undefined && text !== undefined && !docs.has(name))
      docs.set(name, text);

    if (!ts.isFunctionLike(node) && !ts.isBlock(node))
      ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return { docs, free: new Set(source.statements.map(nameOf)) };
}

function isPrivateField(node: ts.Node): boolean {
  return ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name);
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations[0]?.name.getText();

  return (node as { name?: ts.Node }).name?.getText().replace('#', '');
}

function docOf(node: ts.Node): string | undefined {
  const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  if (doc?.parent !== node)
    return undefined;

  const internal = doc.tags?.find(tag => tag.tagName.text === 'internal');
  const text = [doc.comment, internal?.comment].map(part => ts.getTextOfJSDocComment(part) ?? '').join(' ').trim();
  return text === '' ? undefined : text.split('\n\n')[0]!.replaceAll('`', '').replaceAll('undefined', 'null').replaceAll('Undefined', 'Null').replaceAll(/\s+/g, ' ').trim();
}
