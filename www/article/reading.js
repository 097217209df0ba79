// @ts-check
/** Where in the article one is reading, and when one is not scrolling. */

/** Milliseconds without scrolling after which one reads. */
const REST = 200;
/** From this width on the network stands beside the text; below, above it. */
export const WIDE = matchMedia('(min-width: 1000px)');
/** The line that a paragraph's beginning passes when it is read, as a share of the window's height from the top. */
const LINE = { wide: 0.35, narrow: 0.7 };

/** Calls back at every rest, and at the beginning of a movement. */
export class Scrolling {
  isMoving = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {((isMoving: boolean) => void)[]} */
  #listeners = [];

  constructor() {
    addEventListener('scroll', () => this.#move(), { passive: true });
  }

  /** @param {(isMoving: boolean) => void} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  #move() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(false), REST);
    if (!this.isMoving) this.#tell(true);
  }

  /** @param {boolean} isMoving */
  #tell(isMoving) {
    this.isMoving = isMoving;
    for (const listener of this.#listeners) listener(isMoving);
  }
}

/**
 * Tells which paragraph is read, each time that the scrolling comes to rest at another one.
 * @param {Scrolling} scrolling @param {HTMLElement[]} paragraphs @param {(index: number) => void} onread
 * @returns {() => void} Takes note of where one reads now, without telling: another paragraph was chosen from here.
 */
export function followReading(scrolling, paragraphs, onread) {
  // The page begins with the first one.
  let told = 0;
  const read = () => {
    const line = innerHeight * (WIDE.matches ? LINE.wide : LINE.narrow);
    // The last one that has begun above the line: between two, the former is still meant.
    const begun = paragraphs.filter((paragraph) => paragraph.getBoundingClientRect().top <= line);
    return Math.max(0, begun.length - 1);
  };
  const tell = () => {
    if (scrolling.isMoving) return;
    const now = read();
    if (now === told) return;
    told = now;
    onread(now);
  };
  scrolling.listen(tell);
  addEventListener('resize', tell);
  tell();
  return () => (told = read());
}
