// @ts-check
/** A paragraph that sets up the network beside the text. */
import { el } from '../shared/dom.js';

/** What a click on a paragraph is meant for, if not for the paragraph. */
const OTHERS = 'a, button, summary, [data-term]';

export class Step {
  button = el('button', { type: 'button', class: 'show', 'aria-label': 'Show this in the network', 'aria-pressed': 'false' });

  /** @param {HTMLElement} element @param {(step: Step) => void} onchoose It was clicked. */
  constructor(element, onchoose) {
    const { run = '', steps = '0', charts = '', controls = '' } = element.dataset;
    this.element = element;
    this.query = run;
    /** How far its network is trained. */
    this.steps = Number(steps);
    this.charts = charts;
    this.controls = controls;
    element.classList.add('step');
    element.prepend(this.button);
    element.addEventListener('click', ({ target }) => {
      const isOther = target instanceof Element && target !== this.button && target.closest(OTHERS);
      // Whoever selects text does not ask for another network.
      if (!isOther && getSelection()?.isCollapsed !== false) onchoose(this);
    });
  }

  /** @param {boolean} isCurrent */
  mark(isCurrent) {
    this.element.classList.toggle('current', isCurrent);
    this.button.setAttribute('aria-pressed', String(isCurrent));
  }
}
