// Finds what would make two runs of one link differ: clocks, chance, inexact mathematics, the browser. Reads the
// syntax tree, so that words in strings, comments and property names do not count.
import ts from 'typescript';
import type { Sources } from './tree.ts';

const exactMath = new Set(
  (
    'abs ceil clz32 floor fround imul max min round sign sqrt trunc ' +
    'E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2'
  ).split(' '),
);

const forbidden = new Set(
  (
    'Date performance setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask ' +
    'crypto Intl window document self globalThis navigator location history screen localStorage sessionStorage ' +
    'indexedDB fetch XMLHttpRequest WebSocket Worker postMessage requestAnimationFrame cancelAnimationFrame ' +
    'addEventListener HTMLElement Element process Buffer require'
  ).split(' '),
);

/** One `path:line name` for each use of a forbidden global; empty when all is well. */
export function findForbiddenGlobals(files: Sources): string[] {
  return [...files].flatMap(([path, text]) => {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const declared = namesDeclaredIn(file);
    const found: string[] = [];
    visit(file, (node) => {
      const name = forbiddenUse(node, declared);
      if (name) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${name}`);
    });
    return found;
  });
}

function forbiddenUse(node: ts.Node, declared: ReadonlySet<string>): string | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isPower = kind === ts.SyntaxKind.AsteriskAsteriskToken;
    return isPower || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken ? '**' : undefined;
  }
  if (!ts.isIdentifier(node) || declared.has(node.text) || isPropertyName(node)) return undefined;
  if (node.text !== 'Math') return forbidden.has(node.text) ? node.text : undefined;
  const { parent } = node;
  const member = ts.isPropertyAccessExpression(parent) ? parent.name.text : '[…]';
  return exactMath.has(member) ? undefined : `Math.${member}`;
}

/** `clock.setTimeout`, `{ history: 1 }` and `interface { document: … }` name members, not globals. */
function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  return 'name' in parent && parent.name === node;
}

function namesDeclaredIn(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  visit(file, (node) => {
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isImportSpecifier(node);
    if (declares && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
  });
  return names;
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}
