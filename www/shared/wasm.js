// @ts-check
/** The compiled module: fetched and compiled once a page, shared by all elements and their workers. */
import init, * as wasm from '../wasm/gradient_flow.js';
import { file } from './assets.js';

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/** @returns {Promise<WebAssembly.Module>} */
function compile() {
  compiled ??= file('wasm/gradient_flow_bg.wasm').then(async (response) => {
    const typed = response.headers.get('Content-Type') === 'application/wasm';
    // A host that does not know the type of wasm files is no reason to fail.
    return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  });
  return compiled;
}

/** @type {Promise<WebAssembly.Module> | undefined} */
let started;

/**
 * The page's own instance, ready for calls, and the module for workers.
 * @returns {Promise<WebAssembly.Module>}
 */
export function load() {
  started ??= compile().then(async (module) => {
    await init({ module_or_path: module });
    return module;
  });
  return started;
}

export { wasm };
