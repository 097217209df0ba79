// @ts-check
/** A page with one laboratory: the fragment of its address is its state. */
// First: the laboratory takes its language from the page.
import { speakPage } from './language.js';
import '../gradient-flow.js';
import { formatFragment, parseFragment } from '../shared/fragment.js';
import { MOMENT_ATTRIBUTES, VIEW_ATTRIBUTES } from '../shared/view-attributes.js';
import { load, wasm } from '../shared/wasm.js';
import { fetchTable } from '../training/data.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */

/** How many steps run on a first visit, to show at once what the page does. */
const FIRST_STEPS = 300;
/** Milliseconds after which a change is written into the address. */
const WRITE_DELAY = 250;
/** Where lessons keep what is done (lessons/progress.js). */
const PROGRESS = 'gradient-flow-lessons';
/** The data set of the default config. */
const DEFAULT_DATA = 'digits';

const lab = /** @type {GradientFlow} */ (document.querySelector('gradient-flow'));
/** The fragment that was last written or read. */
let currentFragment = location.hash;
/** The browser is on its way back from the address of a lesson that was left. */
let isGoingBack = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** The config of the page's markup: the defaults, or what a teacher has fixed. @type {import('../types.js').Config} */
let markupConfig;
/** The page around this one has said which theme it has. */
let isThemed = false;

/** Applies the state in the address. */
async function readAddress() {
  const { view, query } = parseFragment(location.hash);
  // A lesson has settings of its own; those that are there come back when it is left.
  const isLesson = view.lesson !== undefined && query === '';
  const show = (/** @type {string[]} */ names) => {
    for (const name of names) {
      // The dataset holds the view of the markup.
      const value = name === 'theme' && isThemed ? undefined : (view[name] ?? lab.dataset[name]);
      if (value !== undefined) lab.setAttribute(name, value);
      else if (currentFragment !== location.hash) lab.removeAttribute(name);
    }
  };
  show(VIEW_ATTRIBUTES.filter((name) => !MOMENT_ATTRIBUTES.includes(name)));
  // A lesson that is left brings back what was there before.
  await undefined;
  if (!isLesson && `#${currentState()}` !== location.hash) {
    // Settings that the address does not name are those of the markup; the element reports invalid ones. In two steps,
    // because a default may depend on another setting (the slope on the activation).
    lab.config = markupConfig;
    lab.config = /** @type {any} */ (Object.fromEntries(new URLSearchParams(query)));
  }
  // After the settings: a change of them ends a moment.
  show(MOMENT_ATTRIBUTES);
  currentFragment = location.hash;
}

/** The settings that differ from those of the markup, as a query string. */
function changedQuery() {
  const config = /** @type {import('../types.js').Values} */ (lab.startConfig);
  const fixed = /** @type {import('../types.js').Values} */ (markupConfig);
  if (JSON.stringify(fixed) === wasm.configFromQuery('')) return wasm.configToQuery(JSON.stringify(config));
  const changed = lab.schema?.fields.filter(({ name }) => config[name] !== fixed[name]) ?? [];
  return new URLSearchParams(changed.map(({ name, attribute }) => [attribute, String(config[name])])).toString();
}

function scheduleWrite() {
  clearTimeout(timer);
  timer = setTimeout(writeAddress, WRITE_DELAY);
}

/** The fragment for what is on the screen. */
function currentState() {
  /** @type {Record<string, string>} */
  const view = {};
  for (const name of VIEW_ATTRIBUTES) {
    const value = lab.getAttribute(name);
    // A link names the table that is in use alone.
    if (value !== null && value !== lab.dataset[name] && (name !== 'table' || lab.config.data === 'upload')) view[name] = value;
  }
  // The settings in a lesson are the lesson's.
  return formatFragment(lab.lesson === null ? changedQuery() : '', view);
}

function goBack() {
  isGoingBack = true;
  history.back();
}

function writeAddress() {
  // An address that somebody has just edited is not written over: its event is on the way. Nor is one of a moment.
  if (location.hash !== currentFragment || lab.hasAttribute('moment') || isGoingBack) return;
  const fragment = currentState();
  const address = fragment ? `#${fragment}` : location.pathname + location.search;
  const wasInLesson = parseFragment(currentFragment).view.lesson !== undefined;
  try {
    // The browser's Back leaves a lesson. A frame keeps out of the history of the page around it.
    if (lab.lesson !== null && !wasInLesson && parent === window) history.pushState({ isLesson: true }, '', address);
    else if (lab.lesson === null && wasInLesson && history.state?.isLesson) goBack();
    else history.replaceState(history.state, '', address);
    currentFragment = location.hash;
  } catch {
    // A frame without an address of its own (srcdoc) cannot store its state there.
  }
}

/** Fetches the data while the wasm, which would ask for them, is still loading. */
function prefetchData() {
  const data = new URLSearchParams(parseFragment(location.hash).query).get('data') ?? lab.getAttribute('data');
  // If it fails, the element fetches again and reports.
  if ((data ?? DEFAULT_DATA) === DEFAULT_DATA) fetchTable(DEFAULT_DATA).catch(() => {});
}

/** In a frame: takes the theme that the page around it sends, whatever was chosen before. @param {MessageEvent} message */
function followTheme({ source, data }) {
  if (source !== parent || data?.type !== 'gradient-flow-theme' || !['auto', 'light', 'dark'].includes(data.theme)) return;
  isThemed = true;
  lab.removeAttribute('theme');
  document.body.style.colorScheme = data.theme === 'auto' ? '' : data.theme;
}

const firstSnapshot = () => new Promise((resolve) => lab.addEventListener('gradient-flow-snapshot', resolve, { once: true }));

/** The page has nothing but the laboratory: keys are meant for it wherever the focus is. */
function forwardKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.target === lab || event.defaultPrevented) return;
    if (!lab.dispatchEvent(new KeyboardEvent('keydown', event))) event.preventDefault();
  });
}

/** Nobody has been here before, or come for an experiment of somebody else's. */
function isFirstVisit() {
  if (parent !== window || location.hash || lab.hasAttribute('data-still')) return false;
  try {
    return localStorage.getItem(PROGRESS) === null;
  } catch {
    return false;
  }
}

async function start() {
  prefetchData();
  forwardKeys();
  // First, so that the element has its schema by the time `load` resolves here.
  const { ready } = lab;
  // A start that has failed may be tried again: what the page does for the element waits for that.
  await load().catch(() => firstSnapshot());
  for (const name of VIEW_ATTRIBUTES) {
    const value = lab.getAttribute(name);
    if (value !== null) lab.dataset[name] = value;
  }
  markupConfig = lab.config;
  await readAddress();
  addEventListener('hashchange', () => {
    if (isGoingBack) {
      // The lesson has brought back what was there before it, and something else may have been set since.
      isGoingBack = false;
      currentFragment = location.hash;
      scheduleWrite();
    } else if (location.hash !== currentFragment) readAddress();
  });
  lab.addEventListener('gradient-flow-config', scheduleWrite);
  new MutationObserver(() => {
    scheduleWrite();
    speakPage(lab.getAttribute('lang'));
  }).observe(lab, { attributes: true, attributeFilter: VIEW_ATTRIBUTES });
  await ready.catch(() => firstSnapshot());
  if (parent !== window) import('../hosts/frame.js').then(({ postHeight }) => postHeight(lab));
  else import('../hosts/offline.js').then(({ keepOffline }) => keepOffline());
  // In a lesson nothing runs by itself.
  if (lab.lesson !== null) return;
  if (lab.autoplay && !lab.running) lab.run();
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches || lab.hasAttribute('data-still');
  if (!isStill && !lab.running && lab.at === null && lab.snapshot?.step === 0) lab.run(FIRST_STEPS);
  if (isFirstVisit()) import('../lessons/offer.js').then(({ offerLesson }) => offerLesson(lab)).catch(() => {});
}

// At once, so that the first picture has the right theme. What was sent before anybody listened is lost, so it is asked for.
if (parent !== window) {
  addEventListener('message', followTheme);
  parent.postMessage({ type: 'gradient-flow-theme' }, '*');
}
// The element itself reports failures.
start().catch(() => {});
