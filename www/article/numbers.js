// @ts-check
/** The numbers of the paragraph that is read, as the network beside the text measures them now. */

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {Record<string, { number: string }>} Numbers */

/** Milliseconds between two updates: faster, they cannot be read. */
const INTERVAL = 200;

export class LiveNumbers {
  /** What the text says in the file. @type {Map<Element, string>} */
  #written = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** The second module, which knows them, once it is needed. @type {Promise<typeof import('../shared/tools.js').tools> | undefined} */
  #tools;

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    stage.lab.addEventListener('gradient-flow-snapshot', () => this.update());
  }

  /** Soon. */
  update() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, INTERVAL);
  }

  /** @param {Element} element */
  #restore(element) {
    element.textContent = this.#written.get(element) ?? '';
    element.classList.remove('changed');
    this.#written.delete(element);
  }

  async #write() {
    const { stage } = this;
    const { current, lab, isAsWritten, isAsking } = stage;
    for (const element of [...this.#written.keys()]) {
      if (isAsWritten || isAsking || !current?.element.contains(element)) this.#restore(element);
    }
    const { snapshot } = lab;
    if (!current || !snapshot || isAsWritten || isAsking) return;
    const elements = [...current.element.querySelectorAll('[data-n]:not([data-of])')];
    if (elements.length === 0) return;
    this.#tools ??= import('../shared/tools.js').then(async ({ loadTools, tools }) => {
      await loadTools();
      return tools;
    });
    const tools = await this.#tools.catch(() => undefined);
    // Without the module the text says what stands in the file; meanwhile another paragraph may be read.
    if (!tools || stage.current !== current || stage.isAsWritten) return;
    /** @type {Numbers} */
    const numbers = JSON.parse(tools.lessonNumbers(JSON.stringify(lab.config), lab.snapshot ?? snapshot));
    for (const element of elements) {
      if (!(element instanceof HTMLElement)) continue;
      if (!this.#written.has(element)) this.#written.set(element, element.textContent ?? '');
      const text = numbers[element.dataset.n ?? '']?.number ?? '–';
      if (element.textContent !== text) element.textContent = text;
      element.classList.toggle('changed', text !== this.#written.get(element));
    }
  }
}
