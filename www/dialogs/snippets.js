// @ts-check
/** The texts of the share dialog: an experiment as a link, or as code for a host. */
import { WHEEL } from '../hosts/wheel.js';
import { siteAddress } from '../shared/assets.js';
import { formatFragment } from '../shared/fragment.js';
import { defaultCharts } from '../shared/view-attributes.js';
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Values} Values */

/** What is shared: ids of charts in order, names of settings with a control. @typedef {{ charts: Set<string>, controls: Set<string>, autoplay: boolean }} Selection */
/** An experiment in the forms from which snippets are made. @typedef {{ address: string, frame: string, tag: string, python: string, title: string }} Parts */

/**
 * The kinds of snippets; `note` explains where to put one.
 * @type {{ id: string, label: string, note: string, make: (parts: Parts) => string }[]}
 */
const SNIPPETS = [
  { id: 'link', label: 'Link', note: 'Opens the laboratory with exactly this experiment; the same numbers on every machine.', make: ({ address }) => address },
  { id: 'iframe', label: 'iframe', note: 'For learning platforms, wikis and any page that takes HTML.', make: ({ frame }) => frame },
  {
    id: 'element',
    label: 'Element',
    note: 'For pages of your own. A copy of the site beside them is loaded fastest.',
    make: ({ tag }) => `<script type="module" src="${siteAddress()}gradient-flow.js"><\/script>\n${tag}`,
  },
  { id: 'markdown', label: 'Markdown', note: 'A link, which every Markdown shows.', make: ({ address, title }) => `[${title}](${address})` },
  { id: 'quarto', label: 'Quarto', note: 'Into a .qmd file. In slides it starts when its slide is seen.', make: ({ frame }) => ['```{=html}', frame, '```'].join('\n') },
  { id: 'revealjs', label: 'reveal.js', note: 'A slide. It loads and starts when it is seen.', make: ({ frame }) => `<section>\n  ${frame.replace(' src=', ' data-src=')}\n</section>` },
  { id: 'mdbook', label: 'mdBook', note: 'Into a chapter, with empty lines around it.', make: ({ frame }) => frame },
  {
    id: 'notebook',
    label: 'Notebook',
    note: 'A cell for Jupyter, JupyterLab, Colab, VS Code or MyST. Python reads the gradients: lab.snapshot["layers"]["dw_rms"].',
    make: ({ python }) => `%pip install ${siteAddress()}python/${WHEEL}\nfrom gradient_flow import Lab\n\nlab = Lab(${python})\nlab`,
  },
  { id: 'file', label: 'One file', note: 'Opens from a disk, a mail or a platform’s file store, without any network.', make: ({ tag }) => tag },
];
/** The kinds that a page without a site can offer. */
const WITHOUT_SITE = ['link', 'iframe', 'file'];

/** The kinds of snippets that this page can make. */
export const availableSnippets = () => SNIPPETS.filter(({ id }) => siteAddress() !== undefined || WITHOUT_SITE.includes(id));

/** The height of an iframe in CSS pixels, with one row of charts and with more. */
const [FRAME_HEIGHT, TALL_FRAME_HEIGHT] = [420, 640];

/** A text as the value of an HTML attribute. @param {string} text */
const escapeHTML = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** A value in Python. @param {string | number | boolean} value */
const pythonLiteral = (value) => (typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value));

/**
 * An experiment in the forms from which snippets are made.
 * @param {GradientFlow} lab
 * @param {Selection} selection
 * @returns {Parts}
 */
export function snippetParts(lab, selection) {
  const schema = /** @type {Schema} */ (lab.schema);
  const config = JSON.stringify(lab.config);
  /** @type {Values[]} */
  const [values, defaults] = [JSON.parse(config), JSON.parse(wasm.configDefaults(config))];
  const changed = schema.fields.filter(({ name }) => values[name] !== defaults[name]);
  const view = viewAttributes(lab, selection);

  const fragment = formatFragment(wasm.configToQuery(config), view);
  const hash = fragment ? `#${fragment}` : '';
  const title = `Gradient Flow: ${['depth', 'activation', 'init'].map((name) => `${name} ${values[name]}`).join(', ')}`;
  const site = siteAddress();
  const address = `${site ?? location.href.split('#')[0]}${hash}`;
  const source = site === undefined ? `gradient-flow.html${hash}` : `${site}embed.html${hash}`;
  const height = selection.charts.size > 1 ? TALL_FRAME_HEIGHT : FRAME_HEIGHT;
  const frame = `<iframe src="${escapeHTML(source)}" title="${escapeHTML(title)}" width="100%" height="${height}" style="border: 0" allow="clipboard-write" loading="lazy"></iframe>`;
  const attributes = [...changed.map(({ name, attribute }) => [attribute, String(values[name])]), ...Object.entries(view)];
  const tag = `<gradient-flow${attributes.map(([name, value]) => ` ${name}${value === '' && name !== 'charts' ? '' : `="${escapeHTML(value)}"`}`).join('')}></gradient-flow>`;
  const keywords = [...changed.map(({ name }) => `${name}=${pythonLiteral(values[name])}`), ...Object.entries(view).map(([name, value]) => `${name}=${name === 'autoplay' ? 'True' : pythonLiteral(value)}`)];
  return { address, frame, tag, python: keywords.join(', '), title };
}

/**
 * The attributes of the view that are not the default.
 * @param {GradientFlow} lab
 * @param {Selection} selection
 */
function viewAttributes(lab, { charts, controls, autoplay }) {
  const schema = /** @type {Schema} */ (lab.schema);
  const attributeOf = (/** @type {string} */ name) => schema.fields.find((field) => field.name === name)?.attribute ?? name;
  /** @type {Record<string, string>} */
  const view = {};
  if ([...charts].join() !== defaultCharts(schema).join()) view.charts = [...charts].join(' ');
  if (controls.size === 0) view.controls = 'none';
  else if (controls.size < schema.fields.length) view.controls = [...controls].map(attributeOf).join(' ');
  if (lab.speed) view.speed = lab.speed;
  if (lab.theme && lab.theme !== 'auto') view.theme = lab.theme;
  if (autoplay) view.autoplay = '';
  return view;
}
