// @ts-check
/** The second wasm module, for what few users ask for: reading tables, and the PyTorch script. */
import init, * as tools from '../wasm/gradient_flow_tools.js';
import { compile, explain } from './wasm.js';

const NAME = 'gradient_flow_tools';

/** For workers. */
export const compileTools = () => compile(NAME);

/** Makes the page's own instance ready for calls. */
export async function loadTools() {
  const module = await compile(NAME);
  await init({ module_or_path: module }).catch(explain);
}

export { tools };
