// @ts-check
/** The compiled modules: fetched and compiled once per page, and shared by all elements and their workers. */
import init, * as wasm from '../wasm/gradient_flow.js';
import { fetchFile } from './assets.js';
import { toError } from './errors.js';
import { problem } from './problems.js';

/** Says what it means that a file is no wasm of ours, or lacks what the modules call. @param {Error} error @returns {never} */
export function explain(error) {
  const isBroken = [WebAssembly.CompileError, WebAssembly.LinkError, TypeError].some((kind) => error instanceof kind);
  // A policy that forbids wasm is a CompileError too.
  if (!isBroken || /CSP|Content Security Policy|unsafe-eval/i.test(error.message)) throw error;
  throw toError(problem('LoadError', 'load-wasm'));
}

/** @type {Map<string, Promise<WebAssembly.Module>>} */
const compiled = new Map();

/** @param {string} name @returns {Promise<WebAssembly.Module>} */
export function compile(name) {
  const known = compiled.get(name);
  if (known) return known;
  const compiling = fetchFile(`wasm/${name}_bg.wasm`).then(async (response) => {
    const streamable = response.headers.get('Content-Type') === 'application/wasm';
    // A host that serves wasm files with another type must not make the page fail.
    return streamable ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  }).catch(explain);
  compiled.set(name, compiling);
  // The failure may be temporary: the next call tries again.
  compiling.catch(() => compiled.delete(name));
  return compiling;
}

/** @type {Promise<WebAssembly.Module> | undefined} */
let instantiated;

/**
 * Makes the page's own instance ready for calls; the promise brings the compiled module, for workers.
 * @returns {Promise<WebAssembly.Module>}
 */
export function load() {
  instantiated ??= compile('gradient_flow').then(async (module) => {
    await init({ module_or_path: module }).catch(explain);
    return module;
  });
  instantiated.catch(() => (instantiated = undefined));
  return instantiated;
}

export { wasm };
