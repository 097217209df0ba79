// @ts-check
/** The element in notebooks, by the convention of anywidget: a model of traits here, Python's there. */
import '../gradient-flow.js';
import { load, wasm } from '../shared/wasm.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/**
 * What we need of anywidget's model.
 * @typedef {{ get: (name: string) => any, set: (name: string, value: unknown) => void, save_changes: () => void,
 *   on: (event: string, hear: (...args: any[]) => void) => void, off: (event: string, hear: (...args: any[]) => void) => void }} Model
 */

/** Traits that are attributes of the view. */
const VIEW = /** @type {const} */ (['charts', 'controls', 'speed', 'theme', 'autoplay']);
/** What Python may ask for. */
const METHODS = /** @type {const} */ (['step', 'run', 'pause', 'reset', 'pin', 'unpin']);
/** Milliseconds between snapshots while it runs: Python does not look at each. */
const CALM = 200;

/**
 * What differs: only that is set, since some defaults hang on other settings.
 * @param {import('../types.js').Values} wanted @param {import('../types.js').Values} now
 */
const patch = (wanted, now) => Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== now[name]));

/**
 * A snapshot whose arrays have buffers of their own: JupyterLab sends a view's whole buffer.
 * @param {Snapshot} snapshot
 */
const apart = (snapshot) => {
  const own = (/** @type {unknown} */ value) => (value instanceof Float32Array ? value.slice() : value);
  const group = (/** @type {unknown} */ value) =>
    value && Object.getPrototypeOf(value) === Object.prototype ? Object.fromEntries(Object.entries(value).map(([name, array]) => [name, own(array)])) : value;
  return Object.fromEntries(Object.entries(snapshot).map(([name, value]) => [name, group(value)]));
};

/** @param {{ model: Model, el: HTMLElement }} given */
async function render({ model, el }) {
  const lab = document.createElement('gradient-flow');
  const end = new AbortController();
  /** @param {string} name @param {unknown} value */
  const tell = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  // JupyterLab's own shortcuts stay away from what has the focus here.
  el.dataset.lmSuppressShortcuts = 'true';

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** @param {Snapshot} snapshot */
  const take = (snapshot) => {
    // Typed arrays cross as bytes.
    const { running } = lab;
    model.set('snapshot', apart(snapshot));
    if (model.get('running') !== running) model.set('running', running);
    model.save_changes();
  };
  lab.addEventListener('gradient-flow-snapshot', () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      if (lab.snapshot) take(lab.snapshot);
    }, CALM);
  }, { signal: end.signal });
  lab.addEventListener('gradient-flow-config', ({ detail }) => tell('config', detail), { signal: end.signal });
  lab.addEventListener('gradient-flow-diagnosis', ({ detail }) => tell('diagnosis', detail), { signal: end.signal });
  lab.addEventListener('gradient-flow-error', ({ detail }) => {
    model.set('error', detail.message);
    // What was refused is not so in Python either.
    model.set('config', lab.config);
    model.save_changes();
  }, { signal: end.signal });

  /** @type {[string, (...args: any[]) => void][]} */
  const heard = [
    ['change:config', () => (lab.config = patch(model.get('config'), lab.config))],
    ['change:height', () => (lab.style.height = `${model.get('height')}px`)],
    ...VIEW.map((name) => /** @type {[string, () => void]} */ ([`change:${name}`, () => Object.assign(lab, { [name]: model.get(name) })])),
    [
      'msg:custom',
      async ({ method, arguments: values }) => {
        if (!METHODS.includes(method)) return;
        await lab.ready;
        Promise.resolve(/** @type {any} */ (lab)[method](...values)).catch((error) => tell('error', error.message));
      },
    ],
  ];
  try {
    await load();
    lab.config = patch(model.get('config'), JSON.parse(wasm.configFromQuery('')));
  } catch {
    // The element itself tells what fails.
  }
  for (const [event, hear] of heard) {
    if (event.startsWith('change:') && event !== 'change:config') hear();
    model.on(event, hear);
  }
  const attributes = new MutationObserver(() => {
    for (const name of VIEW) if (model.get(name) !== lab[name]) model.set(name, lab[name]);
    model.save_changes();
  });
  attributes.observe(lab, { attributes: true, attributeFilter: [...VIEW] });

  // Light or dark as the notebook: JupyterLab says it by an attribute, VS Code by a class, others by color-scheme.
  const scheme = () => {
    const { dataset, classList } = document.body;
    const dark = dataset.jpThemeLight === 'false' || classList.contains('vscode-dark');
    const light = dataset.jpThemeLight === 'true' || classList.contains('vscode-light');
    el.style.colorScheme = dark ? 'dark' : light ? 'light' : '';
  };
  scheme();
  const themes = new MutationObserver(scheme);
  themes.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-light', 'class'] });

  el.append(lab);
  return () => {
    for (const [event, hear] of heard) model.off(event, hear);
    end.abort();
    attributes.disconnect();
    themes.disconnect();
    clearTimeout(waiting);
    lab.remove();
  };
}

export const widget = { render };
