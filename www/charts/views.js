// @ts-check
/** The views: charts whose modules are loaded when they are first shown (view.d.ts says what such a module exports). */
import { el } from '../shared/dom.js';
import { messageOf } from '../shared/errors.js';

/** @typedef {import('./figure.js').Figure} Figure */
/** @typedef {import('./view.js').View} View */
/** @typedef {import('./view.js').ViewHost} ViewHost */

/** By the views' ids. @type {Record<string, () => Promise<import('./view.js').ViewModule>>} */
const MODULES = {
  map: () => import('../views/map/view.js'),
  network: () => import('../views/network/view.js'),
};

/** A view on the screen: loading, loaded or failed. */
class OpenView {
  isClosed = false;
  /** @type {View | undefined} */
  view;
  /** Why it could not be loaded. @type {unknown} */
  failure;
  /** Its figure, which is another one when other charts are shown. @type {Figure | undefined} */
  figure;

  /** @param {import('./scene.js').Scene} scene @param {ViewHost} host */
  constructor(scene, host) {
    this.scene = scene;
    this.host = host;
    scene.attach(host.id);
    this.load();
  }

  async load() {
    const { host, scene } = this;
    this.failure = undefined;
    this.place();
    try {
      const { open } = await MODULES[host.id]();
      const view = await open(host);
      if (this.isClosed) {
        view.dispose?.();
        return;
      }
      this.view = view;
      scene.attach(host.id, view);
      if (view.requests) host.request();
    } catch (failure) {
      this.failure = failure;
    }
    this.place();
  }

  /** Puts its controls, or a button that loads it again, below its picture. */
  place() {
    const { figure, host, failure } = this;
    if (!figure) return;
    const again = el('button', { type: 'button' }, [host.words.text('status-try-again')]);
    again.addEventListener('click', () => this.load());
    figure.below.replaceChildren(...(this.view?.controls ? [this.view.controls] : failure ? [again] : []));
    host.redraw(true);
  }

  get note() {
    const { words } = this.host;
    return this.failure ? words.say('view-failed', { reason: messageOf(this.failure, words) }) : words.say('view-loading');
  }

  close() {
    this.isClosed = true;
    this.scene.detach(this.host.id);
  }
}

export class Views {
  /** Those on the screen by their ids. @type {Map<string, OpenView>} */
  #open = new Map();

  /** @param {import('./scene.js').Scene} scene @param {(id: string) => ViewHost} host */
  constructor(scene, host) {
    this.scene = scene;
    this.host = host;
    scene.noteOfView = (id) => this.#open.get(id)?.note ?? '';
  }

  /** These are on the screen now: loads those that were not, and closes the others. @param {Figure[]} figures */
  show(figures) {
    for (const [id, open] of this.#open) {
      if (figures.some(({ info }) => info.id === id)) continue;
      open.close();
      this.#open.delete(id);
    }
    for (const figure of figures) {
      const { id } = figure.info;
      const open = this.#open.get(id) ?? new OpenView(this.scene, this.host(id));
      this.#open.set(id, open);
      open.figure = figure;
      open.place();
    }
  }
}
