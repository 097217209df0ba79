// @ts-check
/** A page with one laboratory: the address is its state. */
import '../gradient-flow.js';
import { table } from '../training/data.js';
import { load, wasm } from '../shared/wasm.js';
import { VIEW_KEYS, read, write } from '../shared/fragment.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */

/** Steps that the page makes by itself at first, so that one sees at once what it is. */
const MOMENT = 300;
/** Milliseconds after which a change is written into the address. */
const CALM = 250;

const lab = /** @type {GradientFlow} */ (document.querySelector('gradient-flow'));
let written = location.hash;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** The config of the page itself: the defaults, or what a teacher has fixed in it. @type {import('../types.js').Config} */
let own;

/** Takes the state of the address over. */
function follow() {
  const { view, query } = read(location.hash);
  for (const key of VIEW_KEYS) {
    const value = view[key] ?? lab.dataset[key];
    if (value !== undefined) lab.setAttribute(key, value);
    else if (written !== location.hash) lab.removeAttribute(key);
  }
  // What the address does not name is as the page has it; what it names wrongly is told by the element.
  // In two steps, because a default may depend on another field (the slope on the activation).
  lab.config = own;
  lab.config = /** @type {any} */ (Object.fromEntries(new URLSearchParams(query)));
  written = location.hash;
}

/** What differs from the page's own config. */
function query() {
  const config = /** @type {import('../types.js').Values} */ (lab.config);
  const fixed = /** @type {import('../types.js').Values} */ (own);
  if (JSON.stringify(own) === wasm.configFromQuery('')) return wasm.configToQuery(JSON.stringify(config));
  const changed = lab.schema?.fields.filter(({ name }) => config[name] !== fixed[name]) ?? [];
  return new URLSearchParams(changed.map(({ name, attribute }) => [attribute, String(config[name])])).toString();
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
    const fragment = write(query(), view);
    written = fragment ? `#${fragment}` : '';
    try {
      history.replaceState(null, '', written || location.pathname + location.search);
    } catch {
      // A frame without an address of its own (srcdoc) has none to keep it in.
    }
  }, CALM);
}

/** The default data, asked for while the wasm that would name them is on its way. */
const USUAL = 'digits';

async function start() {
  const data = new URLSearchParams(read(location.hash).query).get('data') ?? lab.getAttribute('data');
  // If it fails, the element asks again and tells.
  if ((data ?? USUAL) === USUAL) table(USUAL).catch(() => {});
  // Asked first, the element has its schema when the module is here.
  const first = lab.ready;
  await load();
  for (const key of VIEW_KEYS) {
    const own = lab.getAttribute(key);
    if (own !== null) lab.dataset[key] = own;
  }
  own = lab.config;
  follow();
  addEventListener('hashchange', () => {
    if (location.hash !== written) follow();
  });
  lab.addEventListener('gradient-flow-config', remember);
  new MutationObserver(remember).observe(lab, { attributes: true, attributeFilter: VIEW_KEYS });
  await first;
  if (parent !== window) import('../hosts/frame.js').then(({ tellHeight }) => tellHeight(lab));
  else import('../hosts/offline.js').then(({ keep }) => keep());
  if (lab.autoplay && !lab.running) lab.run();
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches || lab.hasAttribute('data-still');
  if (!still && !lab.running && lab.snapshot?.step === 0) lab.run(MOMENT);
}

// The element itself tells what fails.
start().catch(() => {});
