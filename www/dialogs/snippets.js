// @ts-check
/** The texts of the share dialog: an experiment as a link, or as code for a host. */
import { WHEEL } from '../hosts/wheel.js';
import { siteAddress } from '../shared/assets.js';
import { formatFragment } from '../shared/fragment.js';
import { readable } from '../moments/link.js';
import { defaultCharts, splitList } from '../shared/view-attributes.js';
import { wasm } from '../shared/wasm.js';
import { ENGLISH } from '../shared/words.js';
import { frameHeight } from './frame-heights.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Values} Values */

/** @typedef {import('../shared/words.js').Words} Words */

/**
 * What is shared: ids of charts in order, names of settings with a control. With `moment` it is that, and not the settings alone.
 * @typedef {{ charts: Set<string>, controls: Set<string>, autoplay: boolean, theme: string, script: boolean, moment?: import('../moments/link.js').MomentParts }} Selection
 */
/**
 * An experiment in the forms from which snippets are made. `script` is the line that lets frames fit, or nothing.
 * @typedef {{ address: string, frame: string, jsx: string, script: string, tag: string, python: string, title: string }} Parts
 */

/**
 * The kinds of snippets. The messages share-ID and share-ID.note name them, and say where to put one. With `fits`, one
 * may hold the script; with `settingsOnly`, it cannot hold a moment.
 * @type {{ id: 'link' | 'iframe' | 'element' | 'markdown' | 'jsx' | 'sphinx' | 'quarto' | 'revealjs' | 'mdbook' | 'notebook' | 'file', fits?: boolean, settingsOnly?: boolean, make: (parts: Parts) => string }[]}
 */
const SNIPPETS = [
  { id: 'link', make: ({ address }) => address },
  { id: 'iframe', fits: true, make: ({ frame, script }) => frame + script },
  {
    id: 'element',
    make: ({ tag }) => `<script type="module" src="${siteAddress()}gradient-flow.js"><\/script>\n${tag}`,
  },
  { id: 'markdown', make: ({ address, title }) => `[${title}](${address})` },
  { id: 'mdbook', fits: true, make: ({ frame, script }) => frame + script },
  { id: 'jsx', make: ({ jsx }) => jsx },
  { id: 'sphinx', fits: true, make: ({ frame, script }) => `.. raw:: html\n\n${(frame + script).replace(/^/gm, '   ')}` },
  { id: 'quarto', fits: true, make: ({ frame, script }) => ['```{=html}', frame + script, '```'].join('\n') },
  { id: 'revealjs', make: ({ frame }) => `<section>\n  ${frame.replace(' src=', ' data-src=')}\n</section>` },
  {
    id: 'notebook',
    settingsOnly: true,
    make: ({ python }) => `%pip install ${siteAddress()}python/${WHEEL}\nfrom gradient_flow import Lab\n\nlab = Lab(${python})\nlab`,
  },
  { id: 'file', make: ({ tag }) => tag },
];
/** The kinds that a page without a site can offer. */
const WITHOUT_SITE = ['link', 'iframe', 'file'];

/** The kinds of snippets that this page can make. */
export const availableSnippets = () => SNIPPETS.filter(({ id }) => siteAddress() !== undefined || WITHOUT_SITE.includes(id));

/** A text as the value of an HTML attribute. @param {string} text */
const escapeHTML = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** A value in Python. @param {string | number | boolean} value */
const pythonLiteral = (value) => (typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value));

/** What the attributes of the element show. @param {GradientFlow} lab @returns {Selection} */
export function currentSelection(lab) {
  const schema = /** @type {Schema} */ (lab.schema);
  const listed = splitList(lab.controls ?? 'all').map((name) => name.replaceAll('-', '_'));
  const names = schema.fields.map(({ name }) => name);
  return {
    charts: new Set(lab.charts === null ? defaultCharts(schema) : splitList(lab.charts)),
    controls: new Set(listed.includes('all') ? names : names.filter((name) => listed.includes(name))),
    autoplay: lab.autoplay,
    theme: ['light', 'dark'].find((theme) => theme === lab.theme) ?? 'auto',
    script: false,
  };
}

/** The link to what the element shows: its settings, or a moment. @param {GradientFlow} lab @param {import('../moments/link.js').MomentParts} [moment] */
export function linkTo(lab, moment) {
  const selection = currentSelection(lab);
  return snippetParts(lab, ENGLISH, { ...selection, moment, autoplay: !moment && selection.autoplay }).address;
}

/**
 * An experiment in the forms from which snippets are made.
 * @param {GradientFlow} lab
 * @param {Words} words
 * @param {Selection} selection
 * @returns {Parts}
 */
export function snippetParts(lab, words, selection) {
  const schema = /** @type {Schema} */ (lab.schema);
  const { moment } = selection;
  const config = moment?.config ?? JSON.stringify(lab.config);
  /** @type {Values[]} */
  const [values, defaults] = [JSON.parse(config), JSON.parse(wasm.configDefaults(config))];
  const changed = schema.fields.filter(({ name }) => values[name] !== defaults[name]);
  const view = { ...viewAttributes(lab, selection), ...moment?.view };

  const table = lab.getAttribute('table');
  const fragment = formatFragment(wasm.configToQuery(config), values.data === 'upload' && table ? { ...view, table } : view);
  const hash = fragment ? `#${moment ? readable(fragment) : fragment}` : '';
  const title = words.say('share-experiment', { depth: Number(values.depth), activation: String(values.activation), init: String(values.init) });
  const site = siteAddress();
  const address = `${site ?? location.href.split('#')[0]}${hash}`;
  const source = site === undefined ? `gradient-flow.html${hash}` : `${site}embed.html${hash}`;
  const height = frameHeight(selection.charts.size, selection.controls.size, selection.controls.size === schema.fields.length);
  const attributesOfFrame = `src="${escapeHTML(source)}" title="${escapeHTML(title)}" width="100%" height="${height}"`;
  // Not style="border: 0": compilers for React refuse it, and policies without inline styles ignore it.
  const frame = `<iframe ${attributesOfFrame} frameborder="0" allow="clipboard-write" loading="lazy"></iframe>`;
  const jsx = `<iframe ${attributesOfFrame} style={{ border: 0 }} allow="clipboard-write" loading="lazy" />`;
  const script = selection.script && site !== undefined ? `\n<script src="${site}frames.js" async><\/script>` : '';
  const attributes = [...changed.map(({ name, attribute }) => [attribute, String(values[name])]), ...Object.entries(view)];
  const tag = `<gradient-flow${attributes.map(([name, value]) => ` ${name}${value === '' && name !== 'charts' ? '' : `="${escapeHTML(value)}"`}`).join('')}></gradient-flow>`;
  const keywords = [...changed.map(({ name }) => `${name}=${pythonLiteral(values[name])}`), ...Object.entries(view).map(([name, value]) => `${name}=${name === 'autoplay' ? 'True' : pythonLiteral(value)}`)];
  return { address, frame, jsx, script, tag, python: keywords.join(', '), title };
}

/**
 * The attributes of the view that are not the default.
 * @param {GradientFlow} lab
 * @param {Selection} selection
 */
function viewAttributes(lab, { charts, controls, autoplay, theme }) {
  const schema = /** @type {Schema} */ (lab.schema);
  const attributeOf = (/** @type {string} */ name) => schema.fields.find((field) => field.name === name)?.attribute ?? name;
  /** @type {Record<string, string>} */
  const view = {};
  if ([...charts].join() !== defaultCharts(schema).join()) view.charts = [...charts].join(' ');
  if (controls.size === 0) view.controls = 'none';
  else if (controls.size < schema.fields.length) view.controls = [...controls].map(attributeOf).join(' ');
  if (lab.speed) view.speed = lab.speed;
  if (theme !== 'auto') view.theme = theme;
  if (lab.lang) view.lang = lab.lang;
  if (autoplay) view.autoplay = '';
  return view;
}
