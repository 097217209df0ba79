// @ts-check
/**
 * Takes the place of shared/assets.js in the one-file build, with the same exports: every file is in the page itself,
 * and no server is asked for anything. The build defines two globals before: the files, and the function that
 * contains all modules.
 *
 * @typedef {(start: string, self: unknown, postMessage: (message: unknown) => void) => void} Program
 */
import { toError } from '../shared/errors.js';
import { problem } from '../shared/problems.js';

const { gradientFlowFiles: files, gradientFlowProgram: program } =
  /** @type {{ gradientFlowFiles: Record<string, string>, gradientFlowProgram: Program }} */ (/** @type {unknown} */ (globalThis));

/** @param {string} name */
function styleSheet(name) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(files[name]);
  return sheet;
}

const elementStyles = ['shared/colours.css', 'gradient-flow.css'].map(styleSheet);
// The page around the element, if it is ours. Security policies do not apply to style sheets that a script makes.
if (document.querySelector('.gradient-flow-page')) document.adoptedStyleSheets.push(...elementStyles);

/** @param {ShadowRoot} shadow @param {() => void} onSettled */
export function attachStyles(shadow, onSettled) {
  shadow.adoptedStyleSheets.push(...elementStyles);
  onSettled();
}

/** @param {string} name */
export const fetchStyleSheet = async (name) => styleSheet(name);

/** @param {string} name @returns {Promise<Response>} */
export async function fetchFile(name) {
  const decode = (/** @type {string} */ base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (name in files) return new Response(decode(files[name]));
  if (!(`${name}.deflate` in files)) throw toError(problem('LoadError', 'load-missing', { file: name }));
  const inflated = new Blob([decode(files[`${name}.deflate`])]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inflated);
}

/** The page belongs to no site. @returns {string | undefined} */
export const siteAddress = () => undefined;

/** This very page. */
export const oneFilePage = async () => `<!doctype html>\n${document.documentElement.outerHTML}`;

/** Starts a worker, made of this page's own code; throws where there are no workers. @param {string} name Its module. @returns {Worker} */
export function startWorker(name) {
  const source = `(${program})('${name}', self, self.postMessage.bind(self))`;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
