import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Surface } from './PublicApi.js';

const root = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

/** Unions that are one record in .NET: their members are those of all their kinds. */
const records = ['RoomFrame'];

/** The exports of this package with their public members; functions stand under the empty name. */
export function readTypeScript(): Surface {
  const program = ts.createProgram([root], { strict: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(root)!)!;
  const surface: Surface = new Map();
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (symbol.flags & ts.SymbolFlags.Function)
      add(surface, '', [symbol.name, undefined]);
    else if (!isAliasOfConstants(symbol, checker))
      surface.set(symbol.name, membersOf(symbol, program));
  }

  return surface;
}

function membersOf(symbol: ts.Symbol, program: ts.Program): Map<string, string | undefined> {
  const checker = program.getTypeChecker();
  const members = new Map<string, string | undefined>();
  const collect = (type: ts.Type) => {
    if (type.isUnion() && !records.includes(symbol.name))
      return;

    for (const part of type.isUnion() ? type.types : [type])
      for (const property of part.getProperties())
        if (isPublic(property, program))
          members.set(property.name, valueOf(property, checker));
  };
  // One name may stand for a type and for a value; the type of constants is no more than their values.
  const isType = symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface) || !(symbol.flags & ts.SymbolFlags.Variable);
  if (isType)
    collect(checker.getDeclaredTypeOfSymbol(symbol));

  if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Variable))
    collect(checker.getTypeOfSymbol(symbol));

  return members;
}

/** `MemberRole` is no more than the values of `MemberRoles`. */
function isAliasOfConstants(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  if (!(symbol.flags & ts.SymbolFlags.TypeAlias) || symbol.flags & ts.SymbolFlags.Variable)
    return false;

  const type = checker.getDeclaredTypeOfSymbol(symbol);
  return (type.isUnion() ? type.types : [type]).every(part => part.isStringLiteral());
}

function isPublic(property: ts.Symbol, program: ts.Program): boolean {
  const isInternal = property.getJsDocTags().some(tag => tag.name === 'internal');
  // What a class has of the platform's, as an error has its message, is not this package's.
  const isOwn = property.declarations?.some(declaration => !program.isSourceFileFromExternalLibrary(declaration.getSourceFile())
    && !declaration.getSourceFile().isDeclarationFile) ?? false;
  return isOwn && !isInternal && !['prototype', 'toString'].includes(property.name) && !property.name.includes('#');
}

function valueOf(property: ts.Symbol, checker: ts.TypeChecker): string | undefined {
  const isConstant = property.valueDeclaration && (ts.isPropertyAssignment(property.valueDeclaration) || ts.isPropertyDeclaration(property.valueDeclaration));
  const type = isConstant ? checker.getTypeOfSymbol(property) : undefined;
  return type?.isStringLiteral() ? type.value : undefined;
}

function add(surface: Surface, type: string, [name, value]: [string, string | undefined]): void {
  const members = surface.get(type) ?? new Map<string, string | undefined>();
  surface.set(type, members.set(name, value));
}
