// @ts-check
/** The run bar: run, step, reset, speed, and the numbers of the latest snapshot. */
import { el } from '../shared/dom.js';
import { wasm } from '../shared/wasm.js';

/** Steps per second at the places of the slider; the last is as fast as possible. */
const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, Infinity];
const DEFAULT_SPEED = '20';

export class RunBar {
  #speed = DEFAULT_SPEED;

  /**
   * @param {{ run: () => void, step: () => void, reset: () => void, pin: () => void, speed: (speed: string) => void,
   *   theme: () => void, settings: () => void, share: () => void }} actions
   */
  constructor(actions) {
    /** @param {string} name @param {string} text @param {string} title @param {() => void} act @param {string} [key] */
    const button = (name, text, title, act, key) => {
      const element = el('button', { type: 'button', class: name, title, 'aria-label': title, ...(key ? { 'aria-keyshortcuts': key } : {}) }, [text]);
      element.addEventListener('click', act);
      return element;
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
    this.settingsButton = button('settings', 'Settings', 'Settings', () => {
      actions.settings();
      this.settingsButton.setAttribute('aria-expanded', String(this.settingsButton.getAttribute('aria-expanded') !== 'true'));
    });
    this.settingsButton.setAttribute('aria-expanded', 'false');
    this.shareButton = button('share', 'Share', 'Share this experiment, or put it into a page', actions.share);
    /** @type {Record<string, HTMLElement>} */
    this.values = { step: el('b'), epoch: el('b'), loss: el('b'), test: el('b') };
    const readouts = Object.entries(this.values).map(([name, value]) => el('div', { 'data-readout': name }, [el('dt', {}, [name]), el('dd', {}, [value])]));
    this.element = el('header', { class: 'bar' }, [
      el('span', { class: 'brand' }, ['Gradient Flow']),
      el('div', { class: 'buttons' }, [
        this.runButton,
        button('step', '⇥', 'One step (s)', actions.step, 's'),
        button('reset', '↺', 'Reset (r)', actions.reset, 'r'),
        this.pinButton,
      ]),
      el('label', { class: 'speed', title: 'Steps a second' }, [el('span', {}, ['speed']), this.slider, this.speedText]),
      el('dl', { class: 'readouts' }, readouts),
      this.settingsButton,
      this.shareButton,
      button('theme', '◐', 'Light or dark', actions.theme),
    ]);
    this.speed = null;
  }

  /** Steps per second, or `max`; null is the default. */
  set speed(/** @type {string | null} */ speed) {
    this.#speed = speed ?? DEFAULT_SPEED;
    const steps = this.stepsPerSecond;
    const place = SPEEDS.findIndex((known) => known >= steps);
    this.slider.value = String(place);
    this.speedText.textContent = steps === Infinity ? 'max' : `${steps}/s`;
    this.slider.setAttribute('aria-valuetext', steps === Infinity ? 'as fast as it goes' : `${steps} steps a second`);
  }

  /** @returns {number} */
  get stepsPerSecond() {
    return this.#speed === 'max' ? Infinity : Number(this.#speed);
  }

  /** Whether there are neither controls to open nor anything to share. */
  set bare(/** @type {boolean} */ bare) {
    this.settingsButton.hidden = this.shareButton.hidden = bare;
  }

  /** Whether a run is pinned. */
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

  /** @param {import('../types.js').Snapshot} snapshot */
  show(snapshot) {
    this.values.step.textContent = String(snapshot.step);
    this.values.epoch.textContent = snapshot.epoch.toFixed(1);
    this.values.loss.textContent = wasm.formatNumber(snapshot.train_loss);
    this.values.test.textContent = snapshot.test_accuracy === null ? wasm.formatNumber(snapshot.test_loss) : wasm.formatPercent(snapshot.test_accuracy);
  }
}
