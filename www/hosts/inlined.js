// @ts-check
/**
 * In the one-file build this stands in the place of assets.js: everything is in the file itself, and nothing is
 * asked of any server. The build puts two globals before it: the files, and the function that all modules are in.
 *
 * @typedef {import('../shared/assets.js').Trainer} Trainer
 * @typedef {(start: string, self: unknown, postMessage: (message: unknown) => void) => void} Program
 */
const { gradientFlowFiles: files, gradientFlowProgram: program } =
  /** @type {{ gradientFlowFiles: Record<string, string>, gradientFlowProgram: Program }} */ (/** @type {unknown} */ (globalThis));

const sheet = new CSSStyleSheet();
sheet.replaceSync(files['gradient-flow.css']);
// For our own page around the element; no policy forbids a sheet that a script makes.
if (document.querySelector('.gradient-flow-page')) document.adoptedStyleSheets.push(sheet);

/** @param {ShadowRoot} shadow @param {() => void} styled */
export function dress(shadow, styled) {
  shadow.adoptedStyleSheets.push(sheet);
  styled();
}

/** @param {string} name @returns {Promise<Response>} */
export async function file(name) {
  const bytes = (/** @type {string} */ base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (name in files) return new Response(bytes(files[name]));
  if (!(`${name}.deflate` in files)) throw new Error(`The file ${name} is not in this page.`);
  const inflated = new Blob([bytes(files[`${name}.deflate`])]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inflated);
}

/** It belongs to no site. @returns {string | undefined} */
export const site = () => undefined;

/** This very page. */
export const page = async () => `<!doctype html>\n${document.documentElement.outerHTML}`;

/** The worker's code in the page itself, where a policy allows no worker: in slices, so that the page stays quick. */
class Here {
  /** @type {Trainer['onmessage']} */ onmessage = null;
  /** @type {Trainer['onerror']} */ onerror = null;
  /** @type {{ onmessage?: (event: { data: unknown }) => void }} */ #worker = {};

  constructor() {
    program('training/worker.js', this.#worker, (data) => queueMicrotask(() => this.onmessage?.(new MessageEvent('message', { data }))));
  }

  /** @param {unknown} data */
  postMessage(data) {
    queueMicrotask(() => this.#worker.onmessage?.({ data }));
  }

  terminate() {
    this.onmessage = null;
    this.postMessage({ type: 'pause' });
  }
}

/** A worker made of this page's own code or, once it shows that it may not run, the same code here. */
class Own {
  /** @type {Trainer['onmessage']} */ onmessage = null;
  /** @type {Trainer['onerror']} */ onerror = null;
  /** What it was told before it answered. @type {import('../training/worker.js').Request[] | undefined} */ #told = [];
  /** @type {Trainer} */ #trainer;

  constructor() {
    this.#trainer = this.#make();
    this.#trainer.onmessage = (event) => {
      this.#told = undefined;
      this.onmessage?.(event);
    };
    this.#trainer.onerror = (event) => {
      const told = this.#told;
      if (!told || this.#trainer instanceof Here) {
        this.onerror?.(event);
        return;
      }
      event.preventDefault();
      this.#trainer = new Here();
      this.#trainer.onmessage = (event) => this.onmessage?.(event);
      for (const message of told) this.#trainer.postMessage(message);
    };
  }

  /** @returns {Trainer} */
  #make() {
    const address = URL.createObjectURL(new Blob([`(${program})('training/worker.js', self, self.postMessage.bind(self))`], { type: 'text/javascript' }));
    try {
      return new Worker(address);
    } catch {
      return new Here();
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  /** @param {import('../training/worker.js').Request} message */
  postMessage(message) {
    this.#told?.push(message);
    this.#trainer.postMessage(message);
  }

  terminate() {
    this.#trainer.terminate();
  }
}

/** @returns {Trainer} */
export function trainer() {
  return new Own();
}
