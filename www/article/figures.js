// @ts-check
/** The small figures in the text. One that is near has a network; one that is far away gives it back, and comes back as it was. */
import { parseFragment } from '../shared/fragment.js';
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */

/** How near a figure is made, and how far away it is removed, as a share of the window's height. */
const [NEAR, FAR] = ['10%', '25%'];

class Figure {
  isNear = false;
  isFar = true;
  /** Its laboratory, once it has been near. @type {GradientFlow | undefined} */
  #lab;
  /** It ran when it was removed. */
  #wasRunning = false;
  #isLeaving = false;

  /** @param {HTMLElement} frame */
  constructor(frame) {
    this.frame = frame;
  }

  /** Puts the network into the page, or takes it out, as it is near or far. */
  settle() {
    if (this.isNear && !this.#lab?.isConnected) this.#enter();
    // Whoever uses it keeps it.
    else if (this.isFar && this.#lab?.isConnected && document.activeElement !== this.#lab) this.#leave(this.#lab);
  }

  #enter() {
    if (this.#lab) {
      this.frame.append(this.#lab);
    } else {
      const template = /** @type {HTMLTemplateElement} */ (this.frame.querySelector('template'));
      this.frame.append(document.importNode(template.content, true));
      this.#lab = /** @type {GradientFlow} */ (this.frame.querySelector('gradient-flow'));
    }
    // Now, at rest, and not while it is scrolled into sight. What fails is on its screen.
    this.#lab.ready.catch(() => {});
    if (this.#wasRunning) this.#goOn(this.#lab);
  }

  /** Runs on from where it was. @param {GradientFlow} lab */
  #goOn(lab) {
    this.#wasRunning = false;
    const step = Number(lab.at ?? 0);
    const follow = () => {
      if ((lab.snapshot?.step ?? 0) < step) return;
      lab.removeEventListener('gradient-flow-snapshot', follow);
      lab.run();
    };
    lab.addEventListener('gradient-flow-snapshot', follow);
  }

  /** Removes it, with attributes that will bring it back to the same state, changes on the way included. @param {GradientFlow} lab */
  async #leave(lab) {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    const isRunning = lab.running;
    lab.pause();
    const isTrained = (lab.snapshot?.step ?? 0) > 0;
    // What cannot be described begins again.
    const link = isTrained ? await lab.toLink({ moment: true }).catch(() => '') : '';
    this.#isLeaving = false;
    if (!this.isFar) {
      if (isRunning) lab.run();
      return;
    }
    lab.remove();
    this.#wasRunning = isRunning;
    if (!link) return;
    const { view, query } = parseFragment(new URL(link).hash);
    lab.config = JSON.parse(wasm.configFromQuery(query));
    lab.then = view.then ?? null;
    lab.at = view.at ?? null;
  }
}

/** @param {import('./reading.js').Scrolling} scrolling */
export function connectFigures(scrolling) {
  const figures = Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.frame')), (frame) => new Figure(frame));
  // While one scrolls, nothing is made.
  const settle = () => {
    if (!scrolling.isMoving) figures.forEach((figure) => figure.settle());
  };
  /** @param {string} margin @param {(figure: Figure, isWithin: boolean) => void} note */
  const observe = (margin, note) => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const figure = figures.find(({ frame }) => frame === target);
          if (figure) note(figure, isIntersecting);
        }
        settle();
      },
      { rootMargin: `${margin} 0px` },
    );
    for (const { frame } of figures) observer.observe(frame);
  };
  observe(NEAR, (figure, isWithin) => (figure.isNear = isWithin));
  observe(FAR, (figure, isWithin) => (figure.isFar = !isWithin));
  scrolling.listen(settle);
}
