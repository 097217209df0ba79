// @ts-check
/** Where the site's files come from. The one-file build puts hosts/inlined.js in the place of this module. */
import { toError } from './errors.js';
import { problem } from './problems.js';

/** The element's style sheets. */
const ELEMENT_STYLES = ['shared/colours.css', 'gradient-flow.css'];

/** @param {string} name Relative to the folder of modules. */
const urlOf = (name) => new URL(`../${name}`, import.meta.url);
/** The build puts the modules into a folder in a folder of the site, whose name changes with every release. @param {string} name Relative to the site. */
const publicUrlOf = (name) => new URL(`../../../${name}`, import.meta.url);

/**
 * Gives a shadow root the element's style sheets.
 * @param {ShadowRoot} shadow
 * @param {() => void} onSettled Called once all of them have loaded or failed.
 */
export function attachStyles(shadow, onSettled) {
  let pending = ELEMENT_STYLES.length;
  const settle = () => {
    pending -= 1;
    if (pending === 0) onSettled();
  };
  for (const name of ELEMENT_STYLES) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.addEventListener('load', settle);
    // A policy (style-src) may forbid the link, and not a sheet that a script makes.
    link.addEventListener('error', async () => {
      const sheet = await fetchStyleSheet(name).catch(() => undefined);
      if (sheet) shadow.adoptedStyleSheets.push(sheet);
      settle();
    });
    link.href = urlOf(name).href;
    shadow.append(link);
  }
}

/**
 * A style sheet that is loaded when it is needed.
 * @param {string} name Relative to the site.
 */
export async function fetchStyleSheet(name) {
  return new CSSStyleSheet().replace(await (await fetchFile(name)).text());
}

/**
 * A file beside the modules.
 * @param {string} name
 * @returns {Promise<Response>}
 */
export const fetchFile = (name) => fetchUrl(urlOf(name));

/** @param {URL} url */
async function fetchUrl(url) {
  const file = url.pathname;
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw toError(problem('LoadError', 'load-offline', { file }));
  }
  if (!response.ok) throw toError(problem('LoadError', 'load-status', { file, status: response.status }));
  return response;
}

/** The site's address; a page that stands alone in one file has none. @returns {string | undefined} */
export const siteAddress = () => publicUrlOf('').href;

/** The source of the page that holds everything in one file. */
export const oneFilePage = async () => (await fetchUrl(publicUrlOf('gradient-flow.html'))).text();

/** Starts a worker; throws where there are no workers. @param {string} name Its module. @returns {Worker} */
export function startWorker(name) {
  const { href, origin } = urlOf(name);
  if (origin === location.origin) return new Worker(href, { type: 'module' });
  // A page of another origin may only start a worker of its own, which may then import ours.
  const address = URL.createObjectURL(new Blob([`import '${href}';`], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  return worker;
}
