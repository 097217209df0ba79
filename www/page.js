// @ts-check
/** A page with one laboratory: the address is its state. */
import './gradient-flow.js';
import { load, wasm } from './wasm.js';
import { VIEW_KEYS, read, write } from './fragment.js';

/** @typedef {import('./gradient-flow.js').GradientFlow} GradientFlow */

/** Steps that the page makes by itself at first, so that one sees at once what it is. */
const MOMENT = 300;
/** Milliseconds after which a change is written into the address. */
const CALM = 250;

const lab = /** @type {GradientFlow} */ (document.querySelector('gradient-flow'));
let written = location.hash;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Takes the state of the address over. */
function follow() {
  const { view, query } = read(location.hash);
  for (const key of VIEW_KEYS) {
    if (key in view) lab.setAttribute(key, view[key]);
    else if (written !== location.hash) lab.removeAttribute(key);
  }
  // What the address does not name has its default; what it names wrongly is told by the element.
  // In two steps, because a default may depend on another field (the slope on the activation).
  lab.config = JSON.parse(wasm.configFromQuery(''));
  lab.config = /** @type {any} */ (Object.fromEntries(new URLSearchParams(query)));
  written = location.hash;
}

function remember() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    /** @type {Record<string, string>} */
    const view = {};
    for (const key of VIEW_KEYS) {
      const value = lab.getAttribute(key);
      if (value !== null && value !== lab.dataset[key]) view[key] = value;
    }
    const fragment = write(wasm.configToQuery(JSON.stringify(lab.config)), view);
    written = fragment ? `#${fragment}` : '';
    history.replaceState(null, '', written || location.pathname + location.search);
  }, CALM);
}

async function start() {
  // Asked first, the element has its schema when the module is here.
  const first = lab.ready;
  await load();
  for (const key of VIEW_KEYS) {
    const own = lab.getAttribute(key);
    if (own !== null) lab.dataset[key] = own;
  }
  follow();
  addEventListener('hashchange', () => {
    if (location.hash !== written) follow();
  });
  lab.addEventListener('gradient-flow-config', remember);
  new MutationObserver(remember).observe(lab, { attributes: true, attributeFilter: VIEW_KEYS });
  await first;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches || lab.hasAttribute('data-still');
  if (!still && !lab.running && lab.snapshot?.step === 0) lab.run(MOMENT);
}

// The element itself tells what fails.
start().catch(() => {});
