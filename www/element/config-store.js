// @ts-check
/**
 * The config of an element: the one source of truth for its run.
 *
 * Attributes mirror it: a setting that differs from its default is written to its attribute at once, and a changed
 * attribute is read in a microtask. A refused attribute stays as it was written, and the config keeps its last good
 * value.
 */
import { toProblem } from '../shared/problems.js';
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../types.js').Config} Config */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Values} Values */

export class ConfigStore {
  /** @type {Schema | undefined} */
  #schema;
  /** The newest config as JSON; empty until the schema is loaded. */
  #config = '';
  /** What was set before the schema was loaded. @type {Values} */
  #pendingConfig = {};

  /**
   * @param {HTMLElement} host
   * @param {{ check: (config: string) => void, onchange: (previous: string, config: string) => void,
   *   onunchanged: () => void, onrefused: (problem: Problem) => void }} listener `check` may throw to refuse a config;
   *   `onunchanged` is called for a change to the present values.
   */
  constructor(host, listener) {
    this.host = host;
    this.listener = listener;
  }

  /** Starts with the defaults, then applies the attributes and what was set before. @param {Schema} schema */
  load(schema) {
    this.#schema = schema;
    if (this.#config !== '') return;
    this.#config = wasm.configFromQuery('');
    this.readAttributes(schema.fields.map(({ attribute }) => attribute).filter((name) => this.host.hasAttribute(name)));
    this.#apply(this.#pendingConfig);
  }

  /** The declaration of every setting, once it is loaded. */
  get schema() {
    return this.#schema;
  }

  /** The whole config as JSON; empty until the schema is loaded. */
  get json() {
    return this.#config;
  }

  /** The whole config, or until the schema is loaded what has been set. @returns {Config} */
  get value() {
    return this.#config ? JSON.parse(this.#config) : /** @type {any} */ ({ ...this.#pendingConfig });
  }

  /** The defaults, some of which depend on other settings. @returns {Values} */
  get defaults() {
    return JSON.parse(wasm.configDefaults(this.#config));
  }

  /** Changes some settings; refused values are reported one by one, and the others are applied. @param {Values} patch */
  set(patch) {
    if (this.#schema) this.#apply(patch);
    else this.#pendingConfig = { ...this.#pendingConfig, ...patch };
  }

  /** Reads attributes into the config; those that are no settings are skipped. @param {Iterable<string>} names */
  readAttributes(names) {
    /** @type {Values} */
    const patch = {};
    const { defaults } = this;
    for (const name of names) {
      const field = this.fieldOf(name);
      if (!field) continue;
      const value = this.host.getAttribute(name);
      // A flag without a value is set, as in HTML's own attributes.
      patch[field.name] = field.type === 'flag' && value === '' ? true : (value ?? defaults[field.name]);
    }
    this.#apply(patch);
  }

  /** The setting of an attribute. @param {string} attribute */
  fieldOf(attribute) {
    return this.#schema?.fields.find((field) => field.attribute === attribute);
  }

  /** @param {Values} patch */
  #apply(patch) {
    if (Object.keys(patch).length === 0) return;
    try {
      this.change(patch);
    } catch {
      // One refused value must not prevent the others: try each alone.
      const problems = [];
      for (const [name, value] of Object.entries(patch)) {
        try {
          this.change({ [name]: value });
        } catch (error) {
          problems.push(toProblem(error));
        }
      }
      for (const problem of problems) this.listener.onrefused(problem);
    }
  }

  /** Changes some settings together; throws if one is refused, and then changes none. @param {Values} patch */
  change(patch) {
    const config = wasm.configWith(this.#config, JSON.stringify(patch));
    this.listener.check(config);
    if (config === this.#config) {
      this.listener.onunchanged();
      return;
    }
    const previous = this.#config;
    this.replace(config);
    this.listener.onchange(previous, config);
  }

  /**
   * Returns to a config from one that was refused. What has been changed since then is changed again.
   * @param {string} refused @param {string} [lastGood] Without one, the defaults.
   */
  restore(refused, lastGood = wasm.configFromQuery('')) {
    const before = JSON.parse(refused);
    const since = Object.entries(this.value).filter(([name, value]) => value !== before[name]);
    this.replace(lastGood);
    this.#apply(Object.fromEntries(since));
  }

  /** Replaces the config, and the attributes of what changes, so that the element's HTML describes the experiment. @param {string} config */
  replace(config) {
    /** @type {Values} */
    const before = JSON.parse(this.#config);
    this.#config = config;
    /** @type {Values} */
    const values = JSON.parse(config);
    const { defaults } = this;
    for (const { name, attribute } of this.#schema?.fields ?? []) {
      const value = values[name];
      if (value === before[name]) continue;
      if (value === defaults[name]) this.host.removeAttribute(attribute);
      else this.host.setAttribute(attribute, String(value));
    }
  }
}
