// @ts-check
import { messageOf } from '../shared/errors.js';

/** Opens dialogs. Each is a module, which is loaded when it is opened, and a method here. */
export class Dialogs {
  #isOpening = false;

  /**
   * @param {import('./element.js').GradientFlow} host
   * @param {import('../shared/words.js').Words} words
   * @param {import('./status-line.js').StatusLine} status Shows why a dialog could not be opened.
   * @param {() => Promise<import('../moments/moments.js').Moments>} loadMoments
   */
  constructor(host, words, status, loadMoments) {
    this.host = host;
    this.words = words;
    this.status = status;
    this.loadMoments = loadMoments;
  }

  share() {
    // Before the schema is there, no experiment is.
    if (this.host.schema) this.#open(async () => (await import('../dialogs/share.js')).open(this.host, this.words, (await this.loadMoments()).describe()));
  }

  /** @param {string[]} charts The ids of the charts on the screen. */
  export(charts) {
    this.#open(async () => (await import('../dialogs/export.js')).open(this.host, this.words, charts));
  }

  /** @param {File} [file] One that was dropped on the element. */
  table(file) {
    this.#open(async () => (await import('../dialogs/table.js')).open(this.host, this.words, file));
  }

  /** Opens one, unless one is open or about to open. @param {() => Promise<unknown>} open */
  async #open(open) {
    if (this.#isOpening || this.host.shadowRoot?.querySelector('dialog[open]')) return;
    this.#isOpening = true;
    try {
      await this.words.load('dialogs');
      await open();
    } catch (error) {
      this.status.showProblem([messageOf(error, this.words)]);
    }
    this.#isOpening = false;
  }
}
