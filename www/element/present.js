// @ts-check
/** Presenting: one chart, the verdict and the accuracy, enlarged so that a lecture hall can read them. */

/** @typedef {import('../charts/figures.js').Figures} Figures */

/** The size at which text of 12 px has 28 px: that of a usual projector. */
const [WIDTH, HEIGHT, SCALE] = [1920, 1080, 28 / 12];

export class Present {
  isOn = false;
  #observer = new ResizeObserver(() => this.#fit());

  /** @param {HTMLElement} root @param {import('./run-bar.js').RunBar} bar @param {() => Figures | undefined} figures */
  constructor(root, bar, figures) {
    this.root = root;
    this.bar = bar;
    this.figures = figures;
  }

  /** Enlarges the chart that has the focus, or the first one; or goes back to all. */
  toggle() {
    this.isOn = !this.isOn;
    this.root.classList.toggle('present', this.isOn);
    this.bar.presenting = this.isOn;
    if (this.isOn) this.#observer.observe(this.root);
    else this.#observer.disconnect();
    this.update();
  }

  /** The charts have been replaced. */
  update() {
    if (this.isOn) this.#choose();
    this.#fit();
  }

  #choose() {
    const figures = [...this.root.querySelectorAll('figure')];
    const chosen = figures.find((figure) => figure.matches(':focus-within')) ?? figures[0];
    for (const figure of figures) figure.classList.toggle('presented', figure === chosen);
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.root;
    const scale = this.isOn ? Math.max(1, SCALE * Math.min(width / WIDTH, height / HEIGHT)) : 1;
    this.root.style.setProperty('--gf-scale', String(scale));
    const figures = this.figures();
    if (figures) figures.scale = scale;
  }
}
