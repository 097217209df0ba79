// @ts-check
/** The language of an element: its own `lang`, else that of what is around it, else English. */

/** The language that is wanted of an element, as a BCP 47 tag. @param {HTMLElement} host */
export function wantedLanguage(host) {
  /** @type {Element | null} */
  let element = host;
  while (element) {
    const found = element.closest('[lang]');
    if (found) return found.getAttribute('lang') || 'en';
    // Out of a shadow tree into the page around it.
    const root = element.getRootNode();
    element = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}

export class Language {
  /** A language has been chosen and is there. */
  isReady = false;
  /** What is wanted now; undefined if it could not be loaded. @type {string | undefined} */
  #wanted;
  /** What the element speaks. */
  #spoken = 'en';
  #observer = new MutationObserver(() => {
    if (wantedLanguage(this.host) !== this.#wanted) this.follow();
  });

  /**
   * @param {HTMLElement} host
   * @param {import('../shared/words.js').Words} words
   * @param {{ onchange: () => void, onready: () => void, onfailed: (tag: string) => void }} listener `onready` is called once.
   */
  constructor(host, words, listener) {
    this.host = host;
    this.words = words;
    this.listener = listener;
  }

  /** The element has been put into a document. */
  connect() {
    for (const root of new Set([document, this.host.getRootNode()])) {
      this.#observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
    }
    this.follow();
  }

  disconnect() {
    this.#observer.disconnect();
  }

  /** Changes to the language that is wanted now. */
  async follow() {
    const { words, listener } = this;
    const wanted = (this.#wanted = wantedLanguage(this.host));
    let hasFailed = false;
    try {
      // Where a newer choice has replaced this one, that one goes on.
      if (!(await words.choose(wanted))) return;
    } catch {
      hasFailed = true;
      // The failure may be temporary: it can be chosen again.
      this.#wanted = undefined;
    }
    if (words.tag !== this.#spoken) listener.onchange();
    this.#spoken = words.tag;
    if (!this.isReady) {
      this.isReady = true;
      listener.onready();
    }
    if (hasFailed) listener.onfailed(wanted);
  }
}
