// @ts-check
/** One laboratory of a notebook: an element that follows a model of named traits, and is in one of its views at a time. */
import { MOMENT_ATTRIBUTES, VIEW_ATTRIBUTES } from '../shared/view-attributes.js';
import { ENGLISH } from '../shared/words.js';
import { commandsAfter, finalSettings, isEnded, presentSettings } from './notebook-commands.js';
import { followTheme } from './notebook-theme.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Values} Values */
/** @typedef {import('./notebook-commands.js').Command} Command */
/**
 * What is used of a model as anywidget has it.
 * @typedef {{ get: (name: string) => any, set: (name: string, value: unknown) => void, save_changes: () => void,
 *   on: (event: string, listener: (...args: any[]) => void) => void,
 *   off: (event: string, listener: (...args: any[]) => void) => void }} Model
 */
/** An output of the notebook. @typedef {{ model: Model, el: HTMLElement }} View */

/** Milliseconds between snapshots that are sent to Python during a run. */
const SNAPSHOT_INTERVAL = 200;
const DEFAULT_HEIGHT = 560;
/** What Python may call. */
const METHODS = ['step', 'run', 'goTo', 'pause', 'reset', 'pin', 'unpin'];

/**
 * The settings that differ. Only these are set, since the defaults of some settings depend on others.
 * @param {Values} wanted @param {Values} current
 */
const difference = (wanted, current) => Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== current[name]));

/**
 * Copies a snapshot's arrays into buffers of their own: hosts would send the whole buffer of a view. Each is a DataView,
 * which every host takes for bytes.
 * @param {Snapshot} snapshot
 */
function detachBuffers(snapshot) {
  const copy = (/** @type {unknown} */ value) => (value instanceof Float32Array ? new DataView(value.slice().buffer) : value);
  const copyGroup = (/** @type {unknown} */ value) =>
    value && Object.getPrototypeOf(value) === Object.prototype ? Object.fromEntries(Object.entries(value).map(([name, array]) => [name, copy(array)])) : value;
  return Object.fromEntries(Object.entries(snapshot).map(([name, value]) => [name, copyGroup(value)]));
}

/** The attributes of the view that are traits in Python, where every widget has `keys` of its own and tables are handed over. */
const VIEW_TRAITS = VIEW_ATTRIBUTES.filter((name) => !['keys', 'map', 'table', ...MOMENT_ATTRIBUTES].includes(name));

/** An attribute of the view as Python has it. @param {string} name @param {any} value */
function toTrait(name, value) {
  if (name === 'speed' && value !== null && !Number.isNaN(Number(value))) return Number(value);
  return name === 'lang' && value === '' ? null : value;
}

export class NotebookLab {
  #lab = document.createElement('gradient-flow');
  /** Names of the settings. @type {string[]} */
  #names;
  /** The newest is the last. @type {View[]} */
  #views = [];
  /** The one that shows the element. @type {View | undefined} */
  #active;
  /** Undoes what was done for the active view. @type {(() => void)[]} */
  #undo = [];
  /** The number of the last command that was begun. */
  #begun = 0;
  /** The command that is under way. @type {Command | undefined} */
  #current;
  #isWorking = false;
  #isDue = false;
  /** Tells this page from others that show the same notebook. */
  #token = crypto.getRandomValues(new Uint32Array(2)).join('-');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string[]} names Of the settings; none if they could not be loaded. @param {() => void} onend The last view is gone. */
  constructor(names, onend) {
    this.#names = names;
    this.onend = onend;
    const lab = this.#lab;
    lab.addEventListener('gradient-flow-snapshot', () => {
      this.#timer ??= setTimeout(() => this.#saveSnapshot(), SNAPSHOT_INTERVAL);
      if (this.#names.length === 0) this.#learnNames();
      else this.#work();
    });
    lab.addEventListener('gradient-flow-config', () => this.#save(this.#settings()));
    lab.addEventListener('gradient-flow-diagnosis', ({ detail }) => this.#save({ diagnosis: detail }));
    // Python must not keep a value that was refused.
    lab.addEventListener('gradient-flow-error', ({ detail }) => this.#save({ error: detail.message, ...this.#settings() }));
    // A button may have paused the run.
    for (const event of ['click', 'keyup']) lab.addEventListener(event, () => this.#save({ running: lab.running }));
    new MutationObserver(() => this.#save(Object.fromEntries(VIEW_TRAITS.map((name) => [name, toTrait(name, Reflect.get(lab, name))])))).observe(lab, {
      attributes: true,
      attributeFilter: VIEW_TRAITS,
    });
  }

  // ---- views ----

  /** @param {View} view */
  add(view) {
    this.#views.push(view);
    if (!this.#active || view.el.isConnected) {
      this.#activate(view);
      return;
    }
    // Out of a document the element would end its run.
    this.#showNote(view);
    const observer = new MutationObserver(() => {
      if (!view.el.isConnected && this.#views.includes(view)) return;
      observer.disconnect();
      if (this.#views.includes(view)) this.#activate(view);
    });
    observer.observe(document, { childList: true, subtree: true });
  }

  /** @param {View} view */
  remove(view) {
    this.#views = this.#views.filter((other) => other !== view);
    if (this.#active === view) {
      this.#deactivate();
      const next = this.#views.at(-1);
      if (next) this.#activate(next);
    }
    view.el.replaceChildren();
    if (this.#views.length > 0) return;
    clearTimeout(this.#timer);
    this.onend();
  }

  /** @param {View} view */
  #activate(view) {
    if (this.#active === view) return;
    const former = this.#active;
    this.#deactivate();
    this.#active = view;
    const { model, el } = view;
    this.#begun = Math.max(this.#begun, Number(model.get('_begun') ?? 0));
    this.#follow();
    el.replaceChildren(this.#lab);
    if (former) this.#showNote(former);
    // Otherwise JupyterLab's shortcuts would act on keys that are meant for the focused element.
    el.dataset.lmSuppressShortcuts = 'true';
    this.#undo.push(followTheme(el));
    const events = [...this.#names, ...VIEW_TRAITS, 'height', '_commands'].map((name) => `change:${name}`);
    const follow = () => {
      // Several traits that change together are followed together.
      if (this.#isDue) return;
      this.#isDue = true;
      queueMicrotask(() => {
        this.#isDue = false;
        this.#follow();
      });
    };
    for (const event of events) this.#listen(model, event, follow);
    if (model.get('_owner') === undefined) return;
    this.#listen(model, 'change:_owner', () => this.#yield());
    this.#save({ _owner: this.#token });
  }

  /** @param {Model} model @param {string} event @param {() => void} listener */
  #listen(model, event, listener) {
    model.on(event, listener);
    this.#undo.push(() => model.off(event, listener));
  }

  #deactivate() {
    for (const undo of this.#undo.splice(0)) undo();
    this.#active = undefined;
  }

  /** What could not be loaded at first is there now. */
  #learnNames() {
    this.#names = Object.keys(this.#lab.config);
    const view = this.#active;
    this.#deactivate();
    if (view) this.#activate(view);
  }

  /** Another page that shows the notebook has taken over. */
  #yield() {
    const view = this.#active;
    if (!view || view.model.get('_owner') === this.#token) return;
    this.#deactivate();
    for (const each of this.#views) this.#showNote(each);
  }

  /** Says where the element is. @param {View} view */
  #showNote(view) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = ENGLISH.say('notebook-show-here');
    // Some notebooks take every look from a button.
    button.style.cssText = 'font: inherit; color: inherit; text-decoration: underline; cursor: pointer; background: none; border: 0; padding: 0.5em';
    button.addEventListener('click', () => this.#activate(view));
    const note = document.createElement('p');
    note.append(ENGLISH.say('notebook-elsewhere'), ' ', button);
    view.el.replaceChildren(note);
  }

  // ---- from the page to Python ----

  /** @param {Record<string, unknown>} traits */
  #save(traits) {
    const model = this.#active?.model;
    if (!model) return;
    for (const [name, value] of Object.entries(traits)) if (model.get(name) !== value) model.set(name, value);
    model.save_changes();
  }

  /** @param {Error} error */
  #saveError({ name, message }) {
    // Something newer took its place: that is no failure.
    if (name !== 'AbortError') this.#save({ error: message });
  }

  #saveSnapshot() {
    this.#timer = undefined;
    const { snapshot, running } = this.#lab;
    // Typed arrays cross as bytes.
    if (snapshot) this.#save({ snapshot: detachBuffers(snapshot), running });
  }

  #settings() {
    return finalSettings(this.#lab.config, this.#waiting(), this.#current);
  }

  // ---- from Python to the page ----

  #waiting() {
    return commandsAfter(this.#active?.model.get('_commands'), this.#begun);
  }

  /** Follows the model. */
  #follow() {
    const model = this.#active?.model;
    if (!model) return;
    const lab = this.#lab;
    const height = `${model.get('height') ?? DEFAULT_HEIGHT}px`;
    if (lab.style.height !== height) lab.style.height = height;
    for (const name of VIEW_TRAITS) {
      const value = model.get(name);
      if (value !== undefined && toTrait(name, Reflect.get(lab, name)) !== value) Reflect.set(lab, name, value);
    }
    const waiting = this.#waiting();
    if (this.#current && isEnded(this.#current, waiting)) lab.pause();
    this.#applySettings(waiting);
    this.#work();
  }

  /** @param {Command[]} waiting */
  #applySettings(waiting) {
    const model = /** @type {View} */ (this.#active).model;
    // A model that Python did not make may have some settings only.
    const settings = Object.fromEntries(this.#names.map((name) => [name, model.get(name)]).filter(([, value]) => value !== undefined));
    const changed = difference(presentSettings(settings, waiting, this.#current), this.#lab.config);
    if (Object.keys(changed).length > 0) this.#lab.config = changed;
  }

  /** Does the commands that wait, one after the other. */
  async #work() {
    if (this.#isWorking || this.#waiting().length === 0) return;
    this.#isWorking = true;
    try {
      await this.#lab.ready;
      for (let waiting = this.#waiting(); waiting.length > 0; waiting = this.#waiting()) await this.#do(waiting[0], waiting.slice(1));
    } catch (error) {
      // It could not start, or was removed: the commands wait.
      this.#saveError(/** @type {Error} */ (error));
    } finally {
      this.#isWorking = false;
    }
  }

  /** @param {Command} command @param {Command[]} next */
  async #do(command, next) {
    this.#begun = command.id;
    this.#save({ _begun: command.id });
    if (isEnded(command, next)) return;
    this.#current = command;
    try {
      if (command.method === 'set') this.#applySettings(next);
      else if (METHODS.includes(command.method)) await /** @type {any} */ (this.#lab)[command.method](...command.values);
    } catch (error) {
      this.#saveError(/** @type {Error} */ (error));
    } finally {
      this.#current = undefined;
    }
    this.#save({ running: this.#lab.running });
  }
}
