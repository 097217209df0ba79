// @ts-check
/** Observes whether the element is visible: in the viewport, and not hidden there by CSS. */

/** Milliseconds between checks of an element that is in the viewport but hidden, for example on an inactive slide. */
const POLL_INTERVAL = 250;

export class VisibilityObserver {
  #isInViewport = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #observer = globalThis.IntersectionObserver && new IntersectionObserver((entries) => {
    this.#isInViewport = entries.at(-1)?.isIntersecting ?? true;
    this.onchange();
  });

  /** @param {HTMLElement} host @param {() => void} onchange The element may have become visible: read `isVisible`. */
  constructor(host, onchange) {
    this.host = host;
    this.onchange = onchange;
  }

  observe() {
    if (this.#observer) {
      this.#observer.observe(this.host);
      return;
    }
    // In a browser that cannot tell, it is always seen.
    this.#isInViewport = true;
    this.onchange();
  }

  disconnect() {
    this.#observer?.disconnect();
    clearTimeout(this.#timer);
    this.#isInViewport = false;
  }

  /** If the element is hidden within the viewport, this also schedules a call of `onchange`. */
  get isVisible() {
    if (!this.#isInViewport) return false;
    if (this.host.checkVisibility?.({ checkVisibilityCSS: true, checkOpacity: true }) ?? true) return true;
    // IntersectionObserver ignores `visibility` and `opacity`, so poll.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.onchange, POLL_INTERVAL);
    return false;
  }
}
