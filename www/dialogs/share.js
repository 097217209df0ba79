// @ts-check
/** The share dialog: the experiment on the screen as a link, as code for a host, or as one file. */
import { chartName } from '../charts/chart-picker.js';
import { oneFilePage, siteAddress } from '../shared/assets.js';
import { el, write } from '../shared/dom.js';
import { messageOf } from '../shared/errors.js';
import { openDialog } from './dialog.js';
import { frameNote, saveText } from './save.js';
import { availableSnippets, currentSelection, snippetParts } from './snippets.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../moments/link.js').MomentParts} MomentParts */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../shared/words.js').Text} Text */
/** @typedef {import('../shared/words.js').Words} Words */
/** @typedef {{ id: string, label: string | Text, title?: string | Text }} Option */

const THEMES = /** @type {const} */ ([{ id: 'auto', label: 'share-theme-auto' }, { id: 'light', label: 'share-theme-light' }, { id: 'dark', label: 'share-theme-dark' }]);

class ShareDialog {
  #snippets = availableSnippets();
  #chosen = this.#snippets[0];
  /** @type {import('./snippets.js').Selection} */
  #selection;
  #text;
  #note = el('p');
  #action = el('button', { type: 'button', class: 'share-action' });
  /** Offers the script. */
  #script = el('div');
  /** Marks the chosen buttons of each row. @type {(() => void)[]} */
  #updateRows = [];

  /** @param {GradientFlow} lab @param {Words} words @param {MomentParts} [moment] What is on the screen. */
  constructor(lab, words, moment) {
    this.lab = lab;
    this.words = words;
    this.moment = moment;
    this.#text = /** @type {HTMLTextAreaElement} */ (el('textarea', { readonly: '', spellcheck: 'false', 'aria-label': words.text('share-text') }));
    this.schema = /** @type {Schema} */ (lab.schema);
    this.#selection = currentSelection(lab);
    this.#action.addEventListener('click', () => (this.#chosen.id === 'file' ? this.#download() : this.#copy()));
  }

  open() {
    const selection = this.#selection;
    const { words } = this;
    const kinds = this.#snippets.map(({ id }) => ({ id, label: words.text(`share-${id}`) }));
    const themes = THEMES.map(({ id, label }) => ({ id, label: words.text(label) }));
    const charts = this.schema.charts.map(({ id, title }) => ({ id, label: chartName(words, id), title }));
    const children = [
      ...this.#momentRow(),
      ...this.#row(words.text('share-as'), kinds, () => [this.#chosen.id], (id) => (this.#chosen = this.#snippets.find((kind) => kind.id === id) ?? this.#chosen)),
      ...this.#row(words.text('share-charts'), charts, () => [...selection.charts], (id) => toggle(selection.charts, id)),
      ...this.#controlsRow(),
    ];
    this.#script.append(...this.#row(words.text('share-frame'), [{ id: 'script', label: words.text('share-script'), title: words.text('share-script.hint') }], () => (selection.script ? ['script'] : []), () => (selection.script = !selection.script)));
    const options = [
      this.#row(words.text('share-start'), [{ id: 'autoplay', label: words.text('share-autoplay') }], () => (selection.autoplay ? ['autoplay'] : []), () => (selection.autoplay = !selection.autoplay)),
      this.#row(words.text('share-theme'), themes, () => [selection.theme], (id) => (selection.theme = id)),
    ];
    children.push(el('div', { class: 'share-options' }, [...options.map((row) => el('div', {}, row)), this.#script]));
    if (this.lab.config.data === 'upload') {
      children.push(el('p', { class: 'warning', role: 'note' }, [words.text('share-upload')]));
    }
    children.push(el('div', { class: 'share-result' }, [this.#text, el('div', { class: 'share-note' }, [this.#note, this.#action])]));
    this.#update();
    const site = siteAddress();
    const guide = site === undefined ? [] : [el('a', { href: `${site}docs.html`, target: '_blank' }, [words.text('share-guide')])];
    return openDialog(this.lab, words, words.text('share-title'), 'share-dialog', children, guide);
  }

  /** The settings, or what is on the screen: before the first step both are the same. */
  #momentRow() {
    const { words, moment } = this;
    if (!moment || (moment.step === 0 && !moment.hasKept)) return [];
    const { step, digest } = moment;
    const options = [{ id: 'settings', label: words.text('share-settings') }, { id: 'moment', label: words.text('share-moment', { step }) }];
    const note = el('p', { class: 'hint' });
    this.#updateRows.push(() => write(note, this.#selection.moment ? words.text('share-moment.note', { digest: digest || 'none' }) : words.text('share-settings.note')));
    return [...this.#row(words.text('share-what'), options, () => [this.#selection.moment ? 'moment' : 'settings'], (id) => this.#choose(id === 'moment' ? moment : undefined)), note];
  }

  /** @param {MomentParts | undefined} moment */
  #choose(moment) {
    this.#selection.moment = moment;
    // It is to stay as it is.
    if (moment) this.#selection.autoplay = false;
    if (moment && this.#chosen.settingsOnly) this.#chosen = this.#snippets[0];
  }

  #controlsRow() {
    const { controls } = this.#selection;
    const { words } = this;
    /** @type {Option[]} */
    const both = [{ id: 'all', label: words.text('share-all') }, { id: 'none', label: words.text('share-none') }];
    const { fields } = this.schema;
    const names = fields.map(({ name }) => name);
    const options = [...both, ...fields.map(({ name, label, help }) => ({ id: name, label, title: help }))];
    const chosen = () => (controls.size === names.length ? ['all', ...names] : controls.size === 0 ? ['none'] : [...controls]);
    return this.#row(words.text('share-controls'), options, chosen, (id) => {
      const hadAll = controls.size === names.length;
      // Choosing one while all are chosen selects this one alone.
      if (id === 'none' || (hadAll && id !== 'all')) controls.clear();
      if (id === 'all') for (const name of names) controls.add(name);
      else if (id !== 'none') toggle(controls, id);
    });
  }

  /**
   * A row of buttons to choose from.
   * @param {Text} title @param {Option[]} options
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
      for (const button of buttons) {
        button.setAttribute('aria-pressed', String(ids.includes(button.dataset.id ?? '')));
        button.hidden = this.#selection.moment !== undefined && this.#snippets.some(({ id, settingsOnly }) => settingsOnly && id === button.dataset.id);
      }
    });
    return [el('h3', {}, [title]), el('div', { class: 'pills', role: 'group', 'aria-label': title }, buttons)];
  }

  #update() {
    for (const update of this.#updateRows) update();
    this.#text.value = this.#chosen.make(snippetParts(this.lab, this.words, this.#selection));
    const { words } = this;
    const { id, fits } = this.#chosen;
    this.#script.hidden = !fits || siteAddress() === undefined;
    write(this.#note, words.text(`share-${id}.note`));
    write(this.#action, id === 'file' ? words.text('share-download') : words.text('share-copy'));
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#text.value);
    } catch {
      // A frame may lack the permission; the deprecated way needs none.
      this.#text.focus();
      this.#text.select();
      if (!isCopied()) {
        write(this.#note, this.words.text('share-cannot-copy'));
        return;
      }
    }
    write(this.#action, this.words.text('share-copied'));
  }

  async #download() {
    const { words } = this;
    const { tag } = snippetParts(this.lab, this.words, this.#selection);
    try {
      const html = (await oneFilePage()).replace(/<gradient-flow[^>]*>[^]*?<\/gradient-flow>/, () => tag);
      saveText('gradient-flow.html', 'text/html', html);
      this.#note.textContent = `${words.say('share-saved', { size: Math.round(html.length / 1000) })} ${frameNote(words)}`.trim();
    } catch (error) {
      this.#note.textContent = words.say('share-not-saved', { reason: messageOf(error, words) });
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

/** @param {GradientFlow} lab @param {Words} words @param {MomentParts} [moment] */
export const open = (lab, words, moment) => new ShareDialog(lab, words, moment).open();
