// @ts-check
/**
 * What the laboratory says, in the reader's language. The message files (crate/words) become a table for each language when
 * the site is built; crate/words/src/compile.rs tells its format. English is always there, the others are loaded when
 * they are asked for.
 */
import { TABLE } from '../words/en.js';
import { LANGUAGES } from '../words/languages.js';

/** @typedef {import('../words/messages.js').Messages} Messages */
/** What is loaded when it is asked for. @typedef {'dialogs' | 'lessons' | 'map' | 'moments' | 'network' | 'trials'} Part */
/** A message as Rust and workers send it. @typedef {import('../types.js').Said} Said */
/** @typedef {import('../types.js').Value} Value */

/** The patterns of a table: by their places, which Rust knows, and some by their ids. @param {string} table */
function read(table) {
  /** @type {Map<string | number, string>} */
  const patterns = new Map();
  const lines = table.split('\n').filter((line) => !line.startsWith('@'));
  for (const [place, line] of lines.entries()) {
    const equals = line.indexOf('=');
    const pattern = line.slice(equals + 1);
    patterns.set(place, pattern);
    if (equals > 0) patterns.set(line.slice(0, equals), pattern);
  }
  return patterns;
}

/** A message that knows its language: what shows it can be told again in another one. */
export class Text {
  /** @param {Words} words @param {Said} said */
  constructor(words, said) {
    this.words = words;
    this.said = said;
  }

  toString() {
    return this.words.retell(this.said);
  }
}

export class Words {
  /** The BCP 47 tag of the language. */
  tag = 'en';
  /** The whole language, as the charts in wasm take it. */
  table = TABLE;
  #lines = read(TABLE);
  /** The parts that have been asked for beside the first. @type {Set<Part>} */
  #parts = new Set();
  /** The number of the last choice: an older one that is loaded later is out of date. */
  #choice = 0;

  /**
   * Changes to a language, or to English where there is no other. Without waiting if it is there already. The promise
   * rejects if it could not be loaded; then it is English.
   * @param {string} wanted BCP 47 tag. @returns {Promise<boolean>} Whether no newer choice has replaced this one.
   */
  async choose(wanted) {
    const choice = (this.#choice += 1);
    const { tag, load, parts } = findLanguage(wanted);
    if (tag === this.tag) return true;
    if (tag === 'en' && this.#parts.size === 0) {
      this.#take(tag, TABLE);
      return true;
    }
    try {
      let tables = [];
      // Another part may be asked for meanwhile.
      do tables = await Promise.all([load(), ...Array.from(this.#parts, (part) => parts[part]())]);
      while (tables.length <= this.#parts.size);
      if (choice === this.#choice) this.#take(tag, ...tables.map(({ TABLE: table }) => table));
    } catch (error) {
      if (choice === this.#choice) {
        this.#take('en', TABLE);
        throw error;
      }
    }
    return choice === this.#choice;
  }

  /** Makes sure of a part of the words that is not loaded at first. @param {Part} part */
  async load(part) {
    this.#parts.add(part);
    const { tag, parts } = findLanguage(this.tag);
    const { TABLE: table } = await parts[part]();
    if (tag === this.tag) this.#add(table);
  }

  /** @param {string} tag @param {string[]} tables The first has what every page says. */
  #take(tag, ...tables) {
    [this.tag, this.table] = [tag, tables[0]];
    this.#lines.clear();
    for (const table of tables) this.#add(table);
  }

  /** @param {string} table */
  #add(table) {
    // Each table leaves empty what another one has.
    for (const [place, pattern] of read(table)) if (pattern) this.#lines.set(place, pattern);
    const lines = this.table.split('\n');
    for (const [at, line] of table.split('\n').entries()) if (line !== '=') lines[at] = line;
    this.table = lines.join('\n');
  }

  /**
   * A message as text.
   * @template {keyof Messages} Id @param {Id} id @param {Messages[Id]} args
   */
  say(id, ...args) {
    return this.retell({ id, arguments: args[0] ?? {} });
  }

  /**
   * A message for `el`, which is told again when the language changes.
   * @template {keyof Messages} Id @param {Id} id @param {Messages[Id]} args
   */
  text(id, ...args) {
    return new Text(this, { id, arguments: args[0] ?? {} });
  }

  /** A message that came from Rust. @param {Said} said @returns {string} */
  retell({ id, arguments: values }) {
    const pattern = this.#lines.get(id);
    // What is unknown is said by its id: nothing is lost, and it is seen.
    if (pattern === undefined) return [id, ...Object.entries(values).map(([name, value]) => `${name}=${this.value(value)}`)].join(' ');
    return this.#fill(pattern, values);
  }

  /** @param {Value} value @returns {string} */
  value(value) {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return this.#localize(String(value));
    return 'number' in value ? this.#localize(value.number) : this.retell(value);
  }

  get #decimalSign() {
    return this.#lines.get('decimal-sign') ?? '.';
  }

  /** @param {string} digits */
  #localize(digits) {
    return digits.replaceAll('.', this.#decimalSign);
  }

  /** A number that a reader has typed, with a point before its decimals. Any other text stays as it is. @param {string} text */
  readNumber(text) {
    const isLocal = this.#decimalSign !== '.' && /^[+-]?\d*[^\w.]\d+(e[+-]?\d+)?$/i.test(text);
    return isLocal ? text.replace(this.#decimalSign, '.') : text;
  }

  /** @param {string} pattern @param {Record<string, Value>} values @returns {string} */
  #fill(pattern, values) {
    let [text, at] = ['', 0];
    for (let open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', at)) {
      text += pattern.slice(at, open);
      const { parts: [name, ...variants], end } = readPlaceholder(pattern, open + 1);
      if (!(name in values)) text += name;
      else if (variants.length === 0) text += this.value(values[name]);
      else text += this.#fill(this.#choose(values[name], variants), values);
      at = end;
    }
    return text + pattern.slice(at);
  }

  /** The pattern of the variant for a value. @param {Value} value @param {string[]} variants */
  #choose(value, variants) {
    const exact = typeof value !== 'object' ? String(value) : 'number' in value ? value.number : '';
    const category = /^\d+$/.test(exact) ? new Intl.PluralRules(this.tag).select(Number(exact)) : '';
    const found = [exact, category, '*'].map((key) => variants.find((variant) => variant.startsWith(`${key}=`)));
    const variant = found.find((pattern) => pattern !== undefined) ?? '';
    return variant.slice(variant.indexOf('=') + 1);
  }
}

/** What stands between the bars of a placeholder, and where it ends. @param {string} pattern @param {number} start */
function readPlaceholder(pattern, start) {
  const parts = [];
  let [depth, from] = [0, start];
  for (let at = start; at < pattern.length; at += 1) {
    const sign = pattern[at];
    if (sign === '{') depth += 1;
    else if (sign === '}' && depth > 0) depth -= 1;
    else if (sign === '}' || (sign === '|' && depth === 0)) {
      parts.push(pattern.slice(from, at));
      from = at + 1;
      if (sign === '}') break;
    }
  }
  return { parts, end: from };
}

/** The language for a tag: the same, or the same without region and script, or English. @param {string} wanted */
export function findLanguage(wanted) {
  const tag = wanted.toLowerCase();
  const isFor = (/** @type {{ tag: string }} */ language) => tag === language.tag.toLowerCase() || tag.startsWith(`${language.tag.toLowerCase()}-`);
  return LANGUAGES.find(isFor) ?? LANGUAGES[0];
}

/** The first of the languages that a reader prefers which is there and whole. @param {readonly string[]} preferred BCP 47 tags. */
export function preferredLanguage(preferred) {
  const found = preferred.map(findLanguage).find((language, at) => !language.isDraft && (language.tag !== 'en' || /^en\b/i.test(preferred[at])));
  return found?.tag ?? 'en';
}

/** English, for scripts: what is thrown to them is not told in the reader's language. */
export const ENGLISH = new Words();
