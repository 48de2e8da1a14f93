import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './failure.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Callbacks went with Node 24: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
const CALLBACK_REFUSED =
  'ERROR: AWS Lambda does not support callback-based function handlers when using Node.js 24 or later.';

/** What Lambda's Node runtime brings along beside Node itself. */
const IN_THE_RUNTIME = /^@(aws-sdk|aws-crypto|smithy)\//;

/**
 * On AWS a function finds what is in its bundle and no more. Here the packages of a project above the bundle would be
 * found too, and what was forgotten in the bundle would be noticed only when it is deployed.
 */
function keepToBundle(codeDir: string): void {
  const root = pathToFileURL(`${codeDir}/`).href;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const inside = !resolved.url.startsWith('file:') || resolved.url.startsWith(root);
      if (inside || IN_THE_RUNTIME.test(specifier) || !context.parentURL?.startsWith(root)) return resolved;
      throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find package '${specifier}' in the bundle`);
    },
  });
}

/**
 * On AWS nothing lies above /var/task. Here a project's package.json may, and would make a CommonJS bundle an ES module:
 * a bundle that says nothing itself is what it looks like.
 */
function isBareCommonJs(codeDir: string, file: string): boolean {
  if (!file.endsWith('.js') || existsSync(join(codeDir, 'package.json'))) return false;
  return !/^\s*(import|export)[\s{*]/m.test(readFileSync(file, 'utf8'));
}

function requireCommonJs(codeDir: string, file: string): unknown {
  const require = createRequire(file);
  const usual = require.extensions['.js'];
  require.extensions['.js'] = (module, name) => {
    if (!name.startsWith(`${codeDir}${sep}`)) return usual?.(module, name);
    Reflect.apply(Reflect.get(module, '_compile'), module, [readFileSync(name, 'utf8'), name, 'commonjs']);
  };
  return require(file);
}

function findFile(codeDir: string, module: string): string {
  for (const extension of ['', '.js', '.mjs', '.cjs']) {
    const file = resolve(codeDir, `${module}${extension}`);
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  }
  throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${module}'`);
}

async function importModule(codeDir: string, file: string): Promise<unknown> {
  try {
    if (isBareCommonJs(codeDir, file)) return requireCommonJs(codeDir, file);
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const refused = new RuntimeError('Runtime.UserCodeSyntaxError', String(error));
      if (error.stack !== undefined) refused.stack = error.stack;
      throw refused;
    }
    if (error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND')) {
      throw new RuntimeError('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}

/**
 * The function that `handler` (module path, dot, export path) names in `folder`, found as Lambda's Node runtime finds
 * it. Throws what that runtime would: Runtime.ImportModuleError, Runtime.HandlerNotFound and the like, or what the
 * module threw itself.
 */
export async function loadHandler(folder: string, handler: string): Promise<Handler> {
  const parsed = /^(?<module>(?:.*\/)?[^/.]+)\.(?<path>[^/]+)$/.exec(handler)?.groups;
  if (parsed?.module === undefined || parsed.path === undefined || handler.includes('..')) {
    throw new RuntimeError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name.`);
  }
  const codeDir = realpathSync(folder);
  const file = findFile(codeDir, parsed.module);
  keepToBundle(codeDir);
  const module = await importModule(codeDir, file);
  const exported = (root: unknown): unknown =>
    parsed.path?.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), root);
  const found = exported(module) ?? exported(isRecord(module) ? module.default : undefined);
  if (found === undefined) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  if (found.length >= 3) throw new RuntimeError('Runtime.CallbackHandlerDeprecated', CALLBACK_REFUSED);
  return (event, context) => Reflect.apply(found, undefined, [event, context]);
}
