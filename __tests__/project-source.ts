import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import ts from 'typescript';
import { root } from './fresh-build';

/** One TypeScript file of `lib` or `bin`, as the compiler reads it. */
export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly imports: readonly string[];
  /** Names that nothing in the file declares, used as `name.member`, called, or made with `new`; also `name.member` itself. */
  readonly globals: ReadonlySet<string>;
}

/** Every TypeScript file of `lib` and `bin`. */
export function projectSources(): readonly SourceFile[] {
  return ['lib', 'bin'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => readSource(relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))),
  );
}

/** What a file of this text imports and uses, as `projectSources` tells it of real files. */
export function parseSource(path: string, text: string): SourceFile {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const imports: string[] = [];
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push(specifier);
    for (const name of usedNames(node)) used.add(name);
    const declaredHere = declaredName(node);
    if (declaredHere !== undefined) declared.add(declaredHere);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const isGlobal = (name: string): boolean => !declared.has(name.split('.')[0] ?? name);
  return { path, imports, globals: new Set([...used].filter(isGlobal)) };
}

/** The file of the project that a relative import of `from` leads to. */
export function resolveImport(from: string, specifier: string): string {
  const place = posix.join(posix.dirname(from), specifier);
  const candidates = [place, `${place}.ts`, `${place}/index.ts`];
  const found = candidates.find((path) => /\.\w+$/.test(path) && existsSync(join(root, path)));
  if (found === undefined) throw new Error(`${from} imports ${specifier}, which is not there`);
  return found;
}

/** The room of a file: `text` for `lib/text/edit.ts`, `index.ts` for `lib/index.ts`, `bin` for what is in `bin`. */
export function roomOf(path: string): string {
  return path.startsWith('lib/') ? (path.split('/')[1] ?? path) : dirname(path);
}

function readSource(path: string): SourceFile {
  return parseSource(path, readFileSync(join(root, path), 'utf8'));
}

/** What an import, an export, `import()`, `require()` or a type `import('…')` names. */
function specifierOf(node: ts.Node): string | undefined {
  const literal = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : called(node);
  if (literal !== undefined && ts.isStringLiteralLike(literal)) return literal.text;
  if (!ts.isImportTypeNode(node) || !ts.isLiteralTypeNode(node.argument)) return undefined;
  return ts.isStringLiteral(node.argument.literal) ? node.argument.literal.text : undefined;
}

function called(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isImport || isRequire ? node.arguments[0] : undefined;
}

function usedNames(node: ts.Node): readonly string[] {
  const isUse =
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node);
  if (!isUse || !ts.isIdentifier(node.expression)) return [];
  const { text } = node.expression;
  // A given time put into words asks no clock.
  if (text === 'Date' && ts.isNewExpression(node) && node.arguments?.length === 1) return [];
  return ts.isPropertyAccessExpression(node) ? [text, `${text}.${node.name.text}`] : [text];
}

function declaredName(node: ts.Node): string | undefined {
  const isDeclaration =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isBindingElement(node);
  return isDeclaration && node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : undefined;
}
