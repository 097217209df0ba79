// @ts-check
/** Creates elements, and tells what they say again when the language changes. */
import { Text } from './words.js';

/** What a text node says. @type {WeakMap<Node, Text>} */
const texts = new WeakMap();
/** What attributes say. @type {WeakMap<Element, Record<string, Text>>} */
const labels = new WeakMap();

/**
 * Creates an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | Text>} [attributes]
 * @param {(Node | string | Text)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) label(element, name, value);
  element.append(...children.map(toNode));
  return element;
}

/** @param {Node | string | Text} child */
function toNode(child) {
  if (!(child instanceof Text)) return child;
  const node = document.createTextNode(String(child));
  texts.set(node, child);
  return node;
}

/** Sets an attribute. @param {Element} element @param {string} name @param {string | Text} value */
export function label(element, name, value) {
  element.setAttribute(name, String(value));
  const known = labels.get(element);
  if (value instanceof Text) labels.set(element, { ...known, [name]: value });
  else if (known) delete known[name];
}

/** Replaces what an element says. @param {Element} element @param {string | Text} text */
export function write(element, text) {
  element.replaceChildren(toNode(text));
}

/** A button that closes what it stands in. @param {Text} name @param {() => void} act */
export function closeButton(name, act) {
  const button = el('button', { type: 'button', class: 'small', 'aria-label': name, title: name }, ['×']);
  button.addEventListener('click', act);
  return button;
}

/** Tells a node and all below it again, in the language that its words have now. @param {Node} root */
export function retell(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = /** @type {Node | null} */ (root); node; node = walker.nextNode()) {
    const text = texts.get(node);
    if (text) node.nodeValue = String(text);
    if (!(node instanceof Element)) continue;
    for (const [name, value] of Object.entries(labels.get(node) ?? {})) node.setAttribute(name, String(value));
  }
}
