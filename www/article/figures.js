// @ts-check
/** The small figures in the text. One that is near has a network; one that is far away gives it back, and comes back as it was. */

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */

/** How near a figure is made, and how far away it is removed, as a share of the window's height. */
const [NEAR, FAR] = ['25%', '100%'];

class Figure {
  isNear = false;
  isFar = true;
  /** Its laboratory, once it has been near. @type {GradientFlow | undefined} */
  #lab;
  /** Where it was when it was removed. */
  #left = { step: 0, isRunning: false };

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
    const { step, isRunning } = this.#left;
    if (this.#lab) {
      this.frame.append(this.#lab);
    } else {
      const template = /** @type {HTMLTemplateElement} */ (this.frame.querySelector('template'));
      this.frame.append(document.importNode(template.content, true));
      this.#lab = /** @type {GradientFlow} */ (this.frame.querySelector('gradient-flow'));
    }
    const lab = this.#lab;
    // It may be removed again meanwhile; then it tries again when it is near.
    if (step > 0) lab.step(step).then(() => isRunning && lab.run(), () => {});
    else if (isRunning) lab.run();
  }

  /** @param {GradientFlow} lab */
  #leave(lab) {
    this.#left = { step: Math.max(lab.snapshot?.step ?? 0, 0), isRunning: lab.running };
    lab.remove();
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
