// @ts-check
/** The run bar: run, step, reset, speed, and where the run stands. */
import { el } from '../shared/dom.js';
import { number, percent } from '../shared/format.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */

/** Steps a second at the slider's places; the last is as fast as it goes. */
const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, Infinity];
const USUAL = '20';

export class Bar {
  #speed = USUAL;

  /** @param {{ run: () => void, step: () => void, reset: () => void, pin: () => void, speed: (speed: string) => void, theme: () => void, settings: () => void, share: () => void }} actions */
  constructor(actions) {
    /** @param {string} name @param {string} text @param {string} title @param {() => void} act @param {string} [key] */
    const button = (name, text, title, act, key) => {
      const made = el('button', { type: 'button', class: name, title, 'aria-label': title, ...(key ? { 'aria-keyshortcuts': key } : {}) }, [text]);
      made.addEventListener('click', act);
      return made;
    };
    this.runButton = button('run', '▶', 'Run (space)', actions.run, 'Space');
    this.pinButton = button('pin', 'Pin', 'Pin beneath what comes next, to compare (p)', actions.pin, 'p');
    this.pinned = false;
    this.slider = /** @type {HTMLInputElement} */ (
      el('input', { type: 'range', min: '0', max: String(SPEEDS.length - 1), step: '1', 'aria-label': 'Speed, steps a second' })
    );
    this.speedText = el('output', { class: 'speed-text' });
    this.slider.addEventListener('input', () => {
      const steps = SPEEDS[this.slider.valueAsNumber];
      actions.speed(steps === Infinity ? 'max' : String(steps));
    });
    this.settings = button('settings', 'Settings', 'Settings', () => {
      actions.settings();
      this.settings.setAttribute('aria-expanded', String(this.settings.getAttribute('aria-expanded') !== 'true'));
    });
    this.settings.setAttribute('aria-expanded', 'false');
    /** @type {Record<string, HTMLElement>} */
    this.values = { step: el('b'), epoch: el('b'), loss: el('b'), test: el('b') };
    const readouts = el('dl', { class: 'readouts' }, Object.entries(this.values).map(([name, value]) => el('div', { 'data-readout': name }, [el('dt', {}, [name]), el('dd', {}, [value])])));
    this.element = el('header', { class: 'bar' }, [
      el('span', { class: 'brand' }, ['Gradient Flow']),
      el('div', { class: 'buttons' }, [
        this.runButton,
        button('step', '⇥', 'One step (s)', actions.step, 's'),
        button('reset', '↺', 'Reset (r)', actions.reset, 'r'),
        this.pinButton,
      ]),
      el('label', { class: 'speed', title: 'Steps a second' }, [el('span', {}, ['speed']), this.slider, this.speedText]),
      readouts,
      this.settings,
      (this.shareButton = button('share', 'Share', 'Share this experiment, or put it into a page', actions.share)),
      button('theme', '◐', 'Light or dark', actions.theme),
    ]);
    this.speed = null;
  }

  /** Steps a second, or `max`; null is the usual. */
  set speed(/** @type {string | null} */ speed) {
    this.#speed = speed ?? USUAL;
    const steps = this.stepsPerSecond;
    const nearest = SPEEDS.findIndex((known) => known >= steps);
    this.slider.value = String(nearest);
    this.speedText.textContent = steps === Infinity ? 'max' : `${steps}/s`;
    this.slider.setAttribute('aria-valuetext', steps === Infinity ? 'as fast as it goes' : `${steps} steps a second`);
  }

  /** @returns {number} */
  get stepsPerSecond() {
    return this.#speed === 'max' ? Infinity : Number(this.#speed);
  }

  /** Without controls there is nothing to open. */
  set bare(/** @type {boolean} */ bare) {
    this.settings.hidden = this.shareButton.hidden = bare;
  }

  /** Is a run pinned? */
  get pinned() {
    return this.pinButton.getAttribute('aria-pressed') === 'true';
  }

  set pinned(/** @type {boolean} */ pinned) {
    this.pinButton.setAttribute('aria-pressed', String(pinned));
  }

  set running(/** @type {boolean} */ running) {
    const title = running ? 'Pause (space)' : 'Run (space)';
    this.runButton.textContent = running ? '❚❚' : '▶';
    this.runButton.title = title;
    this.runButton.setAttribute('aria-label', title);
    this.runButton.classList.toggle('on', running);
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.values.step.textContent = String(snapshot.step);
    this.values.epoch.textContent = snapshot.epoch.toFixed(1);
    this.values.loss.textContent = number(snapshot.train_loss);
    this.values.test.textContent = snapshot.test_accuracy === null ? number(snapshot.test_loss) : percent(snapshot.test_accuracy);
  }
}
