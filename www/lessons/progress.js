// @ts-check
/** Which parts of the built-in lessons are done: kept in this browser alone, where it lets a page keep anything. */

/** @typedef {{ done: Record<string, number[]>, parts: Record<string, number>, isOfferClosed: boolean }} Kept `done`: by the
 *   lesson's id, the parts that are done, counted from 1; `parts`: how many it has. */

/** pages/page.js knows it too: where it is set, nobody is here for the first time. */
const KEY = 'gradient-flow-lessons';

export class Progress {
  /** @type {Kept} */
  #kept = read();

  /** How far a lesson is done. @param {string} id */
  of(id) {
    const { done, parts } = this.#kept;
    return { done: done[id]?.length ?? 0, parts: parts[id] ?? 0 };
  }

  /** Whether there is anything to clear. */
  get isEmpty() {
    return Object.keys(this.#kept.done).length === 0;
  }

  /** A part has been done. @param {string} id @param {number} part From 1. @param {number} parts How many there are. */
  add(id, part, parts) {
    const before = this.#kept.done[id] ?? [];
    this.#kept.parts[id] = parts;
    this.#kept.done[id] = [...new Set([...before, part])].filter((known) => known <= parts);
    this.closeOffer();
  }

  /** Nobody needs the offer of the first lesson any more. */
  closeOffer() {
    this.#kept.isOfferClosed = true;
    this.#write();
  }

  clear() {
    this.#kept = { ...this.#kept, done: {}, parts: {} };
    this.#write();
  }

  #write() {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // A sandboxed frame keeps nothing: it is known until the page is left.
    }
  }
}

/** @returns {Kept} */
function read() {
  const kept = { done: {}, parts: {}, isOfferClosed: false };
  try {
    const known = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const isKept = typeof known.done === 'object' && Object.values(known.done).every(Array.isArray) && typeof known.parts === 'object';
    return isKept ? { ...kept, ...known } : kept;
  } catch {
    return kept;
  }
}

/** Of all laboratories of the page. */
export const progress = new Progress();
