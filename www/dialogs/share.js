// @ts-check
/** The share dialog: what is shown now, as a link, a snippet for the host at hand, or one file. */
import { page, site } from '../shared/assets.js';
import { open } from './dialog.js';
import { el } from '../shared/dom.js';
import { within } from '../shared/format.js';
import { write } from '../shared/fragment.js';
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../types.js').Values} Values */
/** @typedef {{ fragment: string, address: string, frame: string, tag: string, python: string, title: string }} Parts */

/** The notebook package's file. */
export const WHEEL = 'gradient_flow-0.1.0-py3-none-any.whl';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.share-dialog {
  width: min(760px, calc(100vw - 24px));
  padding: 20px;
}
.share-dialog h3 {
  margin: 14px 0 6px;
  color: var(--gf-muted);
  font-size: 12.5px;
  font-weight: 400;
}
.share-dialog .pills {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
}
.share-dialog .pills button {
  min-height: 28px;
  border-radius: 14px;
  background: transparent;
  color: var(--gf-muted);
  font-size: 12.5px;
}
.share-dialog .pills button[aria-pressed='true'] {
  border-color: var(--gf-border);
  background: var(--gf-panel);
  color: var(--gf-ink);
  font-weight: 600;
}
.share-dialog textarea {
  display: block;
  width: 100%;
  height: 132px;
  margin: 14px 0 8px;
  padding: 10px;
  resize: vertical;
  border: 1px solid var(--gf-line);
  border-radius: 8px;
  background: var(--gf-panel);
  color: inherit;
  font: 12.5px/1.5 ui-monospace, monospace;
}
.share-dialog .out {
  position: sticky;
  bottom: -20px;
  margin: 0 -20px -20px;
  padding: 0 20px 20px;
  background: var(--gf-ground);
}
.share-dialog .last {
  display: flex;
  align-items: center;
  gap: 12px;
}
.share-dialog .last p {
  flex: 1;
  color: var(--gf-muted);
  font-size: 12.5px;
}
.share-dialog .do {
  min-height: 36px;
  min-width: 110px;
  border-color: var(--gf-accent);
  background: var(--gf-accent);
  color: var(--gf-accent-ink);
  font-weight: 600;
}
.share-dialog .warning {
  margin-top: 12px;
  padding-inline-start: 10px;
  border-inline-start: 3px solid var(--gf-accent);
}
@media (max-width: 500px) {
  .share-dialog {
    padding: 14px;
  }
  .share-dialog .out {
    bottom: -14px;
    margin: 0 -14px -14px;
    padding: 4px 14px 14px;
    border-top: 1px solid var(--gf-line);
  }
  .share-dialog textarea {
    height: 84px;
  }
  .share-dialog .pills button {
    min-height: 36px;
    border-radius: 18px;
  }
}
`);

/** Attribute values in HTML. @param {string} text */
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * What can be shared. `make` brings the text; `note` tells where it goes.
 * @type {{ id: string, label: string, note: string, make: (parts: Parts) => string }[]}
 */
const KINDS = [
  { id: 'link', label: 'Link', note: 'Opens the laboratory with exactly this experiment; the same numbers on every machine.', make: ({ address }) => address },
  { id: 'iframe', label: 'iframe', note: 'For learning platforms, wikis and any page that takes HTML.', make: ({ frame }) => frame },
  {
    id: 'element',
    label: 'Element',
    note: 'For pages of your own. A copy of the site beside them is loaded fastest.',
    make: ({ tag }) => `<script type="module" src="${site()}gradient-flow.js"><\/script>\n${tag}`,
  },
  { id: 'markdown', label: 'Markdown', note: 'A link, which every Markdown shows.', make: ({ address, title }) => `[${title}](${address})` },
  { id: 'quarto', label: 'Quarto', note: 'Into a .qmd file. In slides it starts when its slide is seen.', make: ({ frame }) => ['```{=html}', frame, '```'].join('\n') },
  { id: 'revealjs', label: 'reveal.js', note: 'A slide. It loads and starts when it is seen.', make: ({ frame }) => `<section>\n  ${frame.replace(' src=', ' data-src=')}\n</section>` },
  { id: 'mdbook', label: 'mdBook', note: 'Into a chapter, with empty lines around it.', make: ({ frame }) => frame },
  {
    id: 'notebook',
    label: 'Notebook',
    note: 'A cell for Jupyter, JupyterLab, Colab, VS Code or MyST. Python reads the gradients: lab.snapshot["layers"]["dw_rms"].',
    make: ({ python }) => `%pip install ${site()}python/${WHEEL}\nfrom gradient_flow import Lab\n\nlab = Lab(${python})\nlab`,
  },
  { id: 'file', label: 'One file', note: 'Opens from a disk, a mail or a platform’s file store, without any network.', make: ({ tag }) => tag },
];
/** What a page without a site around it can offer. */
const ALONE = ['link', 'iframe', 'file'];

/** Python's word for a value. @param {string | number | boolean} value */
const python = (value) => (typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value));

class Share {
  #kind = 'link';
  /** @type {Set<string>} */ #charts;
  /** @type {Set<string>} */ #controls;
  #autoplay;
  #text = /** @type {HTMLTextAreaElement} */ (el('textarea', { readonly: '', spellcheck: 'false', 'aria-label': 'The text to copy' }));
  #note = el('p');
  #do = el('button', { type: 'button', class: 'do' });

  /** @param {GradientFlow} lab */
  constructor(lab) {
    this.lab = lab;
    const schema = /** @type {import('../types.js').Schema} */ (lab.schema);
    const names = (/** @type {string | null} */ text) => (text ?? '').split(/[\s,]+/).filter(Boolean);
    this.#charts = new Set(lab.charts === null ? schema.charts.filter(({ usual }) => usual).map(({ id }) => id) : names(lab.charts));
    const fields = schema.fields.map(({ name }) => name);
    const controls = names(lab.controls ?? 'all').map((name) => name.replaceAll('-', '_'));
    this.#controls = new Set(controls.includes('all') ? fields : fields.filter((name) => controls.includes(name)));
    this.#autoplay = lab.autoplay;

    const kinds = KINDS.filter(({ id }) => site() !== undefined || ALONE.includes(id));
    const guide = site() === undefined ? [] : [el('a', { href: `${site()}docs.html`, target: '_blank' }, ['How to embed'])];
    this.#do.addEventListener('click', () => (this.#kind === 'file' ? this.#download() : this.#copy()));
    const children = [
      ...this.#pills('As', kinds, () => [this.#kind], (id) => (this.#kind = id)),
      ...this.#pills('With these charts, in this order', schema.charts.map(({ id, title }) => ({ id, label: id.replaceAll('-', ' '), title })), () => [...this.#charts], (id) => toggle(this.#charts, id)),
      ...this.#pills(
        'With these controls',
        [{ id: 'all', label: 'all' }, { id: 'none', label: 'none' }, ...schema.fields.map(({ name, label, help }) => ({ id: name, label: within(label), title: help }))],
        () => (this.#controls.size === fields.length ? ['all', ...fields] : this.#controls.size === 0 ? ['none'] : [...this.#controls]),
        (id) => {
          if (id === 'all') for (const name of fields) this.#controls.add(name);
          else if (id === 'none') this.#controls.clear();
          // From all of them one goes to the one that is meant.
          else if (this.#controls.size === fields.length) this.#controls = new Set([id]);
          else toggle(this.#controls, id);
        }
      ),
      ...this.#pills('And', [{ id: 'autoplay', label: 'runs by itself when it is seen' }], () => (this.#autoplay ? ['autoplay'] : []), () => (this.#autoplay = !this.#autoplay)),
    ];
    if (lab.config.data === 'upload') {
      children.push(el('p', { class: 'warning', role: 'note' }, ['Your own data stay in this browser: neither a link nor a snippet nor the file carries them. Whoever opens it chooses the data anew.']));
    }
    children.push(el('div', { class: 'out' }, [this.#text, el('div', { class: 'last' }, [this.#note, this.#do])]));
    this.#show();
    const shadow = /** @type {ShadowRoot} */ (lab.shadowRoot);
    open(shadow, 'Share this experiment', 'share-dialog', children, guide);
    // After the dialogs' common one.
    if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets.push(sheet);
  }

  /**
   * A row of things to choose from.
   * @param {string} title @param {{ id: string, label: string, title?: string }[]} items
   * @param {() => string[]} chosen @param {(id: string) => void} choose
   */
  #pills(title, items, chosen, choose) {
    const buttons = items.map(({ id, label, title = '' }) => {
      const button = el('button', { type: 'button', 'data-id': id, title }, [label]);
      button.addEventListener('click', () => {
        choose(id);
        this.#show();
      });
      return button;
    });
    this.#rows.push(() => {
      const now = chosen();
      for (const button of buttons) button.setAttribute('aria-pressed', String(now.includes(button.dataset.id ?? '')));
    });
    return [el('h3', {}, [title]), el('div', { class: 'pills', role: 'group', 'aria-label': title }, buttons)];
  }

  /** What shows each row as it is. @type {(() => void)[]} */
  #rows = [];

  /** @returns {Parts} */
  #parts() {
    const { lab } = this;
    const schema = /** @type {import('../types.js').Schema} */ (lab.schema);
    const config = JSON.stringify(lab.config);
    /** @type {Values[]} */
    const [values, defaults] = [JSON.parse(config), JSON.parse(wasm.configDefaults(config))];
    const changed = schema.fields.filter(({ name }) => values[name] !== defaults[name]);
    const usual = schema.charts.filter((chart) => chart.usual).map(({ id }) => id);
    /** @type {Record<string, string>} */
    const view = {};
    const charts = [...this.#charts];
    if (charts.join() !== usual.join()) view.charts = charts.join(' ');
    const attribute = (/** @type {string} */ name) => schema.fields.find((field) => field.name === name)?.attribute ?? name;
    if (this.#controls.size === 0) view.controls = 'none';
    else if (this.#controls.size < schema.fields.length) view.controls = [...this.#controls].map(attribute).join(' ');
    if (lab.speed) view.speed = lab.speed;
    if (lab.theme && lab.theme !== 'auto') view.theme = lab.theme;
    if (this.#autoplay) view.autoplay = '';

    const fragment = write(wasm.configToQuery(config), view);
    const hash = fragment ? `#${fragment}` : '';
    const title = `Gradient Flow: ${['depth', 'activation', 'init'].map((name) => `${name} ${values[name]}`).join(', ')}`;
    const here = location.href.split('#')[0];
    const address = `${site() ?? here}${hash}`;
    const source = site() === undefined ? `gradient-flow.html${hash}` : `${site()}embed.html${hash}`;
    // One row of charts, or more.
    const height = charts.length > 1 ? 640 : 420;
    const frame = `<iframe src="${escape(source)}" title="${escape(title)}" width="100%" height="${height}" style="border: 0" allow="clipboard-write" loading="lazy"></iframe>`;
    const attributes = [...changed.map(({ name, attribute }) => [attribute, String(values[name])]), ...Object.entries(view)];
    const tag = `<gradient-flow${attributes.map(([name, value]) => ` ${name}${value === '' && name !== 'charts' ? '' : `="${escape(value)}"`}`).join('')}></gradient-flow>`;
    const keywords = [...changed.map(({ name }) => `${name}=${python(values[name])}`), ...Object.entries(view).map(([name, value]) => `${name}=${name === 'autoplay' ? 'True' : python(value)}`)];
    return { fragment, address, frame, tag, python: keywords.join(', '), title };
  }

  #show() {
    for (const row of this.#rows) row();
    const kind = /** @type {(typeof KINDS)[number]} */ (KINDS.find(({ id }) => id === this.#kind));
    this.#text.value = kind.make(this.#parts());
    this.#note.textContent = kind.note;
    this.#do.textContent = kind.id === 'file' ? 'Download' : 'Copy';
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#text.value);
    } catch {
      // A frame may not be allowed to; the older way asks nobody.
      this.#text.select();
      document.execCommand('copy');
    }
    this.#do.textContent = 'Copied';
  }

  async #download() {
    const { tag } = this.#parts();
    try {
      const html = (await page()).replace(/<gradient-flow[^>]*>[^]*?<\/gradient-flow>/, () => tag);
      const link = el('a', { href: URL.createObjectURL(new Blob([html], { type: 'text/html' })), download: 'gradient-flow.html' });
      link.click();
      // The browser has begun to read it by then.
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      this.#note.textContent = `Saved as gradient-flow.html, ${Math.round(html.length / 1000)} kB.`;
    } catch (error) {
      this.#note.textContent = `The file could not be made: ${/** @type {Error} */ (error).message}`;
    }
  }
}

/** @param {Set<string>} set @param {string} item */
function toggle(set, item) {
  if (!set.delete(item)) set.add(item);
}

/** Opens the dialog. @param {GradientFlow} lab */
export function share(lab) {
  new Share(lab);
}
