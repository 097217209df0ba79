// @ts-check
/** The text of a lesson as nodes. They are made from its tree, which cannot say HTML. */
import { el } from '../shared/dom.js';

/** @typedef {import('../types.js').LessonBlock} Block */
/** @typedef {import('../types.js').LessonInline} Inline */
/** @typedef {import('../shared/words.js').Words} Words */

/** Where a link of a lesson may lead: the tree is checked when the file is read, and here again, where it matters. */
const SCHEMES = ['http:', 'https:'];

/** The numbers of the run in a text: they follow the run on the screen. */
export class RunNumbers {
  /** @type {{ name: string, element: HTMLElement }[]} */
  #places = [];
  /** As they were last told. @type {Record<string, import('../shared/words.js').Value>} */
  #values = {};

  /** @param {Words} words */
  constructor(words) {
    this.words = words;
  }

  /** A place for a number. @param {string} name */
  place(name) {
    const element = el('span', { class: 'run-number' });
    this.#places.push({ name, element });
    this.#write(element, name);
    return element;
  }

  /** Whether any text names one. */
  get areUsed() {
    return this.#places.length > 0;
  }

  /** @param {Record<string, import('../shared/words.js').Value>} values By name. */
  show(values) {
    this.#values = values;
    this.tell();
  }

  /** Writes them in the language that the words have now. */
  tell() {
    for (const { name, element } of this.#places) this.#write(element, name);
  }

  /** @param {HTMLElement} element @param {string} name */
  #write(element, name) {
    const value = this.#values[name];
    const text = value === undefined ? '…' : this.words.value(value);
    if (element.textContent !== text) element.textContent = text;
  }
}

/** @param {Block[]} blocks @param {RunNumbers} numbers @returns {HTMLElement[]} */
export const blockNodes = (blocks, numbers) => blocks.map((block) => blockNode(block, numbers));

/** @param {Block} block @param {RunNumbers} numbers @returns {HTMLElement} */
function blockNode(block, numbers) {
  if ('p' in block) return el('p', {}, inlineNodes(block.p, numbers));
  if ('h' in block) return el('h3', {}, inlineNodes(block.h, numbers));
  if ('quote' in block) return el('blockquote', {}, blockNodes(block.quote, numbers));
  if ('pre' in block) return el('pre', { tabindex: '0' }, [block.pre]);
  const items = ('ul' in block ? block.ul : block.ol).map((item) => el('li', {}, blockNodes(item, numbers)));
  return 'ul' in block ? el('ul', {}, items) : el('ol', { start: String(block.start) }, items);
}

/** @param {Inline[]} inlines @param {RunNumbers} numbers @returns {(Node | string)[]} */
export const inlineNodes = (inlines, numbers) => inlines.map((inline) => inlineNode(inline, numbers));

/** @param {Inline} inline @param {RunNumbers} numbers @returns {Node | string} */
function inlineNode(inline, numbers) {
  if (typeof inline === 'string') return inline;
  if ('number' in inline) return numbers.place(inline.number);
  if ('em' in inline) return el('em', {}, inlineNodes(inline.em, numbers));
  if ('strong' in inline) return el('strong', {}, inlineNodes(inline.strong, numbers));
  if ('code' in inline) return el('code', {}, [inline.code]);
  if ('br' in inline) return el('br');
  return linkNode(inline.href, inlineNodes(inline.link, numbers));
}

/** @param {string} href @param {(Node | string)[]} children */
function linkNode(href, children) {
  const url = URL.parse ? URL.parse(href, document.baseURI) : new URL(href, document.baseURI);
  const isSafe = url && (SCHEMES.includes(url.protocol) || url.protocol === location.protocol);
  if (!isSafe || url.protocol === 'javascript:') return el('span', {}, children);
  // A fragment is an experiment for this page; anything else would take the reader away from the lesson.
  return el('a', href.startsWith('#') ? { href } : { href, target: '_blank', rel: 'noopener' }, children);
}

/** What blocks say, as plain text, for what is handed in. @param {Block[]} blocks @returns {string} */
export const plainText = (blocks) => blockNodes(blocks, new RunNumbers(/** @type {any} */ ({ value: String }))).map(({ textContent }) => textContent).join(' ').trim();
