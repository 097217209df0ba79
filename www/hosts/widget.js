// @ts-check
/** The element in notebooks, as an anywidget: Python and the page share a model of named traits. */
import '../gradient-flow.js';
import { load, wasm } from '../shared/wasm.js';
import { ENGLISH } from '../shared/words.js';
import { NotebookLab } from './notebook-lab.js';

/** @typedef {import('./notebook-lab.js').View} View */

const { gradientFlowMissing: missing } = /** @type {{ gradientFlowMissing: string[] }} */ (/** @type {unknown} */ (globalThis));

/**
 * The laboratories of the page by their keys. A host may load this module once per output.
 * @type {Map<unknown, NotebookLab>}
 */
const labs = (/** @type {any} */ (globalThis).gradientFlowLabs ??= new Map());

/** Names of the settings. */
async function settingNames() {
  try {
    await load();
    return Object.keys(JSON.parse(wasm.configFromQuery('')));
  } catch {
    // The element itself reports failures.
    return [];
  }
}

/** @param {View} view */
function render(view) {
  const { model, el } = view;
  if (missing.length > 0) {
    const message = ENGLISH.say('browser-lacks', { missing: missing.join(', ') });
    el.textContent = message;
    model.set('error', message);
    model.save_changes();
    return () => {};
  }
  let isRemoved = false;
  /** @type {NotebookLab | undefined} */
  let lab;
  settingNames().then((names) => {
    if (isRemoved) return;
    const key = model.get('_key') || view;
    lab = labs.get(key) ?? new NotebookLab(names, () => labs.delete(key));
    labs.set(key, lab);
    lab.add(view);
  });
  return () => {
    isRemoved = true;
    lab?.remove(view);
  };
}

export const widget = { render };
