// @ts-check
/** Where the site's files come from. In the one-file build inlined.js stands in its place. */

/** @param {string} name Relative to the site. */
const at = (name) => new URL(`../${name}`, import.meta.url);

/**
 * Gives a shadow root its style.
 * @param {ShadowRoot} shadow
 * @param {() => void} styled
 */
export function dress(shadow, styled) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.addEventListener('load', styled);
  link.addEventListener('error', styled);
  link.href = at('gradient-flow.css').href;
  shadow.append(link);
}

/**
 * A file of the site.
 * @param {string} name
 * @returns {Promise<Response>}
 */
export async function file(name) {
  const response = await fetch(at(name));
  if (!response.ok) throw new Error(`The file ${at(name).pathname} could not be loaded (${response.status}).`);
  return response;
}

/** The site's address. @returns {string | undefined} */
export const site = () => at('').href;

/** The one file with everything inside, as text. */
export const page = async () => (await file('gradient-flow.html')).text();

/**
 * What an engine needs of its worker.
 * @typedef {{ postMessage: (message: import('../training/worker.js').Request) => void, terminate: () => void,
 *   onmessage: ((event: MessageEvent) => void) | null, onerror: ((event: ErrorEvent) => void) | null }} Trainer
 */

/** A new worker that trains. @returns {Trainer} */
export function trainer() {
  const { href, origin } = at('training/worker.js');
  if (origin === location.origin) return new Worker(href, { type: 'module' });
  // A page of another origin: its worker must be its own, but may import ours.
  const address = URL.createObjectURL(new Blob([`import '${href}';`], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  return worker;
}
