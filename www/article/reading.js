// @ts-check
/** Where in the article one is reading, and when one is not scrolling. */

/** Milliseconds without scrolling after which one reads. */
const REST = 200;
/** From this width on the network stands beside the text; below, above it. */
export const WIDE = matchMedia('(min-width: 1000px)');
/** The line that a paragraph must cross to be read, as a share of the window's height from the top. */
const LINE = { wide: 0.35, narrow: 0.62 };

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
 */
export function followReading(scrolling, paragraphs, onread) {
  let [read, told] = [-1, -1];
  /** @type {IntersectionObserver | undefined} */
  let observer;
  const tell = () => {
    if (scrolling.isMoving || read === told) return;
    told = read;
    onread(read);
  };
  const observe = () => {
    observer?.disconnect();
    const line = 100 * (WIDE.matches ? LINE.wide : LINE.narrow);
    observer = new IntersectionObserver(
      (entries) => {
        const crossing = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => paragraphs.indexOf(/** @type {HTMLElement} */ (target)));
        if (crossing.length > 0) read = Math.max(...crossing);
        tell();
      },
      { rootMargin: `-${line}% 0px -${99 - line}% 0px` },
    );
    for (const paragraph of paragraphs) observer.observe(paragraph);
  };
  WIDE.addEventListener('change', observe);
  scrolling.listen(tell);
  observe();
}
