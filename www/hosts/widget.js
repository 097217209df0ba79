// @ts-check
/** The element in notebooks, as an anywidget: Python and the page share a model of named traits. */
import '../gradient-flow.js';
import { VIEW_ATTRIBUTES } from '../shared/view-attributes.js';
import { load, wasm } from '../shared/wasm.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Values} Values */
/**
 * What is used of anywidget's model.
 * @typedef {{ get: (name: string) => any, set: (name: string, value: unknown) => void, save_changes: () => void,
 *   on: (event: string, listener: (...args: any[]) => void) => void,
 *   off: (event: string, listener: (...args: any[]) => void) => void }} Model
 */

/** What Python may call. */
const METHODS = ['step', 'run', 'pause', 'reset', 'pin', 'unpin'];
/** Milliseconds between snapshots that are sent to Python during a run. */
const SNAPSHOT_INTERVAL = 200;

/**
 * The settings that differ. Only these are set, since the defaults of some settings depend on others.
 * @param {Values} wanted @param {Values} current
 */
const difference = (wanted, current) => Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== current[name]));

/**
 * Copies a snapshot's arrays into buffers of their own: JupyterLab would send the whole buffer of a view.
 * @param {Snapshot} snapshot
 */
const detachBuffers = (snapshot) => {
  const copy = (/** @type {unknown} */ value) => (value instanceof Float32Array ? value.slice() : value);
  const copyGroup = (/** @type {unknown} */ value) =>
    value && Object.getPrototypeOf(value) === Object.prototype ? Object.fromEntries(Object.entries(value).map(([name, array]) => [name, copy(array)])) : value;
  return Object.fromEntries(Object.entries(snapshot).map(([name, value]) => [name, copyGroup(value)]));
};

/** Keeps the output area in the notebook's light or dark theme; returns a function that stops. @param {HTMLElement} el */
function followTheme(el) {
  const apply = () => {
    // JupyterLab sets an attribute for its theme and VS Code a class; others set color-scheme.
    const { dataset, classList } = document.body;
    const dark = dataset.jpThemeLight === 'false' || classList.contains('vscode-dark');
    const light = dataset.jpThemeLight === 'true' || classList.contains('vscode-light');
    el.style.colorScheme = dark ? 'dark' : light ? 'light' : '';
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-light', 'class'] });
  return () => observer.disconnect();
}

/** @param {{ model: Model, el: HTMLElement }} output */
async function render({ model, el }) {
  const lab = document.createElement('gradient-flow');
  const controller = new AbortController();
  const { signal } = controller;
  /** @param {string} name @param {unknown} value */
  const save = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  // Otherwise JupyterLab's shortcuts would act on keys that are meant for the focused element.
  el.dataset.lmSuppressShortcuts = 'true';

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {Snapshot} snapshot */
  const saveSnapshot = (snapshot) => {
    // Typed arrays cross as bytes.
    const { running } = lab;
    model.set('snapshot', detachBuffers(snapshot));
    if (model.get('running') !== running) model.set('running', running);
    model.save_changes();
  };
  lab.addEventListener('gradient-flow-snapshot', () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (lab.snapshot) saveSnapshot(lab.snapshot);
    }, SNAPSHOT_INTERVAL);
  }, { signal });
  lab.addEventListener('gradient-flow-config', ({ detail }) => save('config', detail), { signal });
  lab.addEventListener('gradient-flow-diagnosis', ({ detail }) => save('diagnosis', detail), { signal });
  lab.addEventListener('gradient-flow-error', ({ detail }) => {
    model.set('error', detail.message);
    // Python must not keep a value that was refused.
    model.set('config', lab.config);
    model.save_changes();
  }, { signal });

  /** @type {[string, (...args: any[]) => void][]} */
  const listeners = [
    ['change:config', () => (lab.config = difference(model.get('config'), lab.config))],
    ['change:height', () => (lab.style.height = `${model.get('height')}px`)],
    ...VIEW_ATTRIBUTES.map((name) => /** @type {[string, () => void]} */ ([`change:${name}`, () => Object.assign(lab, { [name]: model.get(name) })])),
    [
      'msg:custom',
      async ({ method, arguments: values }) => {
        if (!METHODS.includes(method)) return;
        await lab.ready;
        Promise.resolve(/** @type {any} */ (lab)[method](...values)).catch((error) => save('error', error.message));
      },
    ],
  ];
  try {
    await load();
    lab.config = difference(model.get('config'), JSON.parse(wasm.configFromQuery('')));
  } catch {
    // The element itself reports failures.
  }
  for (const [event, listener] of listeners) {
    if (event.startsWith('change:') && event !== 'change:config') listener();
    model.on(event, listener);
  }
  const attributes = new MutationObserver(() => {
    for (const name of VIEW_ATTRIBUTES) {
      const value = Reflect.get(lab, name);
      if (model.get(name) !== value) model.set(name, value);
    }
    model.save_changes();
  });
  attributes.observe(lab, { attributes: true, attributeFilter: VIEW_ATTRIBUTES });
  const unfollowTheme = followTheme(el);

  el.append(lab);
  return () => {
    for (const [event, listener] of listeners) model.off(event, listener);
    controller.abort();
    attributes.disconnect();
    unfollowTheme();
    clearTimeout(timer);
    lab.remove();
  };
}

export const widget = { render };
