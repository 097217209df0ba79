// @ts-check
/** The share dialog: the experiment on the screen as a link, as code for a host, or as one file. */
import { oneFilePage, siteAddress } from '../shared/assets.js';
import { el } from '../shared/dom.js';
import { lowerFirst } from '../shared/labels.js';
import { defaultCharts, splitList } from '../shared/view-attributes.js';
import { openDialog } from './dialog.js';
import { frameNote, saveText } from './save.js';
import { availableSnippets, snippetParts } from './snippets.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {{ id: string, label: string, title?: string }} Option */

class ShareDialog {
  #snippets = availableSnippets();
  #chosen = this.#snippets[0];
  /** @type {import('./snippets.js').Selection} */
  #selection;
  #text = /** @type {HTMLTextAreaElement} */ (el('textarea', { readonly: '', spellcheck: 'false', 'aria-label': 'The text to copy' }));
  #note = el('p');
  #action = el('button', { type: 'button', class: 'share-action' });
  /** Marks the chosen buttons of each row. @type {(() => void)[]} */
  #updateRows = [];

  /** @param {GradientFlow} lab */
  constructor(lab) {
    this.lab = lab;
    this.schema = /** @type {Schema} */ (lab.schema);
    const listed = splitList(lab.controls ?? 'all').map((name) => name.replaceAll('-', '_'));
    const names = this.schema.fields.map(({ name }) => name);
    this.#selection = {
      charts: new Set(lab.charts === null ? defaultCharts(this.schema) : splitList(lab.charts)),
      controls: new Set(listed.includes('all') ? names : names.filter((name) => listed.includes(name))),
      autoplay: lab.autoplay,
    };
    this.#action.addEventListener('click', () => (this.#chosen.id === 'file' ? this.#download() : this.#copy()));
  }

  open() {
    const selection = this.#selection;
    const charts = this.schema.charts.map(({ id, title }) => ({ id, label: id.replaceAll('-', ' '), title }));
    const children = [
      ...this.#row('As', this.#snippets, () => [this.#chosen.id], (id) => (this.#chosen = this.#snippets.find((kind) => kind.id === id) ?? this.#chosen)),
      ...this.#row('With these charts, in this order', charts, () => [...selection.charts], (id) => toggle(selection.charts, id)),
      ...this.#controlsRow(),
      ...this.#row('And', [{ id: 'autoplay', label: 'runs by itself when it is seen' }], () => (selection.autoplay ? ['autoplay'] : []), () => (selection.autoplay = !selection.autoplay)),
    ];
    if (this.lab.config.data === 'upload') {
      children.push(el('p', { class: 'warning', role: 'note' }, ['Your own data stay in this browser: neither a link nor a snippet nor the file carries them. Whoever opens it chooses the data anew.']));
    }
    children.push(el('div', { class: 'share-result' }, [this.#text, el('div', { class: 'share-note' }, [this.#note, this.#action])]));
    this.#update();
    const site = siteAddress();
    const guide = site === undefined ? [] : [el('a', { href: `${site}docs.html`, target: '_blank' }, ['How to embed'])];
    return openDialog(this.lab, 'Share this experiment', 'share-dialog', children, guide);
  }

  #controlsRow() {
    const { controls } = this.#selection;
    const { fields } = this.schema;
    const names = fields.map(({ name }) => name);
    const options = [{ id: 'all', label: 'all' }, { id: 'none', label: 'none' }, ...fields.map(({ name, label, help }) => ({ id: name, label: lowerFirst(label), title: help }))];
    const chosen = () => (controls.size === names.length ? ['all', ...names] : controls.size === 0 ? ['none'] : [...controls]);
    return this.#row('With these controls', options, chosen, (id) => {
      const hadAll = controls.size === names.length;
      // Choosing one while all are chosen selects this one alone.
      if (id === 'none' || (hadAll && id !== 'all')) controls.clear();
      if (id === 'all') for (const name of names) controls.add(name);
      else if (id !== 'none') toggle(controls, id);
    });
  }

  /**
   * A row of buttons to choose from.
   * @param {string} title @param {Option[]} options
   * @param {() => string[]} chosen @param {(id: string) => void} choose
   */
  #row(title, options, chosen, choose) {
    const buttons = options.map(({ id, label, title = '' }) => {
      const button = el('button', { type: 'button', 'data-id': id, title }, [label]);
      button.addEventListener('click', () => {
        choose(id);
        this.#update();
      });
      return button;
    });
    this.#updateRows.push(() => {
      const ids = chosen();
      for (const button of buttons) button.setAttribute('aria-pressed', String(ids.includes(button.dataset.id ?? '')));
    });
    return [el('h3', {}, [title]), el('div', { class: 'pills', role: 'group', 'aria-label': title }, buttons)];
  }

  #update() {
    for (const update of this.#updateRows) update();
    this.#text.value = this.#chosen.make(snippetParts(this.lab, this.#selection));
    this.#note.textContent = this.#chosen.note;
    this.#action.textContent = this.#chosen.id === 'file' ? 'Download' : 'Copy';
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#text.value);
    } catch {
      // A frame may lack the permission; the deprecated way needs none.
      this.#text.focus();
      this.#text.select();
      if (!isCopied()) {
        this.#note.textContent = 'This page may not copy. The text is selected: press Ctrl+C, or ⌘C.';
        return;
      }
    }
    this.#action.textContent = 'Copied';
  }

  async #download() {
    const { tag } = snippetParts(this.lab, this.#selection);
    try {
      const html = (await oneFilePage()).replace(/<gradient-flow[^>]*>[^]*?<\/gradient-flow>/, () => tag);
      saveText('gradient-flow.html', 'text/html', html);
      this.#note.textContent = `Saved as gradient-flow.html, ${Math.round(html.length / 1000)} kB. ${frameNote()}`.trim();
    } catch (error) {
      this.#note.textContent = `The file could not be made: ${/** @type {Error} */ (error).message}`;
    }
  }
}

/** Copies what is selected, in the deprecated way; false where it is forbidden or missing. */
function isCopied() {
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  }
}

/** @param {Set<string>} set @param {string} item */
function toggle(set, item) {
  if (!set.delete(item)) set.add(item);
}

/** @param {GradientFlow} lab */
export const open = (lab) => new ShareDialog(lab).open();
