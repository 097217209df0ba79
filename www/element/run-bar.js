// @ts-check
/** The run bar: run, step, restart, speed, and the numbers of the latest snapshot. */
import { el, label, write } from '../shared/dom.js';
import { wasm } from '../shared/wasm.js';
import { accuracyTexts } from './outcome.js';

/** @typedef {import('../shared/words.js').Text} Text */

/** Steps per second at the places of the slider; the last is as fast as possible. */
const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, Infinity];
const DEFAULT_SPEED = '20';

/**
 * A button with an icon and, where there is room, a word. Its name stays the same where there is none.
 * @param {string} className @param {string} icon @param {Text} word @param {Text} title @param {() => void} act @param {string} [key]
 */
function wordButton(className, icon, word, title, act, key) {
  const parts = [el('span', { class: 'icon', 'aria-hidden': 'true' }, [icon]), el('span', { class: 'caption' }, [word])];
  const button = el('button', { type: 'button', class: className, title, 'aria-label': word, ...(key ? { 'aria-keyshortcuts': key } : {}) }, parts);
  button.addEventListener('click', act);
  return button;
}

/** @param {string} className @param {string | Text} word @param {Text} title @param {() => void} act */
function button(className, word, title, act) {
  const made = el('button', { type: 'button', class: className, title }, [word]);
  made.addEventListener('click', act);
  return made;
}

export class RunBar {
  #speed = DEFAULT_SPEED;

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {{ run: () => void, step: () => void, reset: () => void, pin: () => void, speed: (speed: string) => void,
   *   theme: () => void, settings: () => void, share: () => void, export: () => void, lessons: () => void, present: () => void }} actions
   */
  constructor(words, actions) {
    this.words = words;
    this.runButton = wordButton('run', '▶', words.text('bar-run'), words.text('bar-run.title'), actions.run, 'Space');
    this.pinButton = wordButton('pin', '☆', words.text('bar-keep'), words.text('bar-keep.title'), actions.pin, 'p');
    label(this.pinButton, 'aria-label', words.text('bar-keep.label'));
    this.pinned = false;
    this.slider = /** @type {HTMLInputElement} */ (
      el('input', { type: 'range', min: '0', max: String(SPEEDS.length - 1), step: '1', 'aria-label': words.text('bar-speed.title') })
    );
    this.speedText = el('span', { class: 'speed-text' });
    this.slider.addEventListener('input', () => {
      const steps = SPEEDS[this.slider.valueAsNumber];
      actions.speed(steps === Infinity ? 'max' : String(steps));
    });
    // The variation selector asks for text rather than for a coloured picture.
    this.settingsButton = wordButton('settings', '⚙\uFE0E', words.text('bar-settings'), words.text('bar-settings'), () => {
      actions.settings();
      this.settingsButton.setAttribute('aria-expanded', String(this.settingsButton.getAttribute('aria-expanded') !== 'true'));
    });
    this.settingsButton.setAttribute('aria-expanded', 'false');
    this.presentButton = button('present-button', words.text('bar-present'), words.text('bar-present.title'), actions.present);
    this.presentButton.setAttribute('aria-keyshortcuts', 'f');
    this.presenting = false;
    this.exportButton = button('export', words.text('bar-export'), words.text('bar-export.title'), actions.export);
    this.shareButton = button('share', words.text('bar-share'), words.text('bar-share.title'), actions.share);
    label(this.shareButton, 'aria-label', words.text('bar-share.label'));
    this.lessonsButton = wordButton('lessons-button', '✎\uFE0E', words.text('bar-lessons'), words.text('bar-lessons.title'), actions.lessons);
    const theme = button('theme', '◐', words.text('bar-theme'), actions.theme);
    label(theme, 'aria-label', words.text('bar-theme'));
    this.values = { step: el('b'), epoch: el('b'), loss: el('b'), test: el('b') };
    this.guess = el('span', { class: 'guess' });
    const { values } = this;
    const readout = (/** @type {keyof typeof values} */ name, /** @type {Node[]} */ ...more) =>
      el('div', { 'data-readout': name }, [el('dt', {}, [words.text(`readout-${name}`)]), el('dd', {}, [values[name], ...more])]);
    this.element = el('header', { class: 'bar' }, [
      el('span', { class: 'brand' }, ['Gradient Flow']),
      el('div', { class: 'buttons' }, [
        this.runButton,
        wordButton('step', '⇥', words.text('bar-step'), words.text('bar-step.title'), actions.step, 's'),
        wordButton('reset', '↺', words.text('bar-restart'), words.text('bar-restart.title'), actions.reset, 'r'),
        this.pinButton,
      ]),
      el('label', { class: 'speed', title: words.text('bar-speed.title') }, [el('span', {}, [words.text('bar-speed')]), this.slider, this.speedText]),
      el('dl', { class: 'readouts' }, [readout('step'), readout('epoch'), readout('loss'), readout('test', this.guess)]),
      this.lessonsButton,
      this.settingsButton,
      this.presentButton,
      this.exportButton,
      this.shareButton,
      theme,
    ]);
    this.speed = null;
  }

  /** Steps per second, or `max`; null is the default. */
  set speed(/** @type {string | null} */ speed) {
    this.#speed = speed ?? DEFAULT_SPEED;
    const { words, stepsPerSecond: steps } = this;
    const place = SPEEDS.findIndex((known) => known >= steps);
    this.slider.value = String(place);
    write(this.speedText, steps === Infinity ? words.text('bar-speed-max') : words.text('bar-speed-value', { steps }));
    label(this.slider, 'aria-valuetext', steps === Infinity ? words.text('bar-speed-max.long') : words.text('bar-speed-value.long', { steps }));
  }

  /** @returns {number} */
  get stepsPerSecond() {
    return this.#speed === 'max' ? Infinity : Number(this.#speed);
  }

  /** What there is beside the run: settings to open, an experiment to share, charts to export, lessons. @param {{ settings: boolean, share: boolean, export: boolean, lessons: boolean }} has */
  offer(has) {
    this.settingsButton.hidden = !has.settings;
    this.shareButton.hidden = !has.share;
    this.lessonsButton.hidden = !has.lessons;
    this.exportButton.hidden = this.presentButton.hidden = !has.export;
  }

  set presenting(/** @type {boolean} */ presenting) {
    this.presentButton.setAttribute('aria-pressed', String(presenting));
  }

  /** Whether a run is kept. */
  get pinned() {
    return this.pinButton.getAttribute('aria-pressed') === 'true';
  }

  set pinned(/** @type {boolean} */ pinned) {
    this.pinButton.setAttribute('aria-pressed', String(pinned));
    this.pinButton.children[0].textContent = pinned ? '★' : '☆';
    label(this.pinButton, 'title', pinned ? this.words.text('bar-keep.remove') : this.words.text('bar-keep.title'));
  }

  set running(/** @type {boolean} */ running) {
    const { words, runButton } = this;
    const [icon, word] = runButton.children;
    const name = running ? words.text('bar-pause') : words.text('bar-run');
    icon.textContent = running ? '❚❚' : '▶';
    write(word, name);
    label(runButton, 'aria-label', name);
    label(runButton, 'title', running ? words.text('bar-pause.title') : words.text('bar-run.title'));
    runButton.classList.toggle('on', running);
  }

  /** @param {import('../types.js').StepNumbers} snapshot @param {string[]} classes Their names. */
  show(snapshot, classes) {
    const number = (/** @type {string} */ digits) => this.words.value({ number: digits });
    this.values.step.textContent = String(snapshot.step);
    this.values.epoch.textContent = number(snapshot.epoch.toFixed(1));
    this.values.loss.textContent = number(wasm.formatNumber(snapshot.train_loss));
    const texts = accuracyTexts(snapshot, classes);
    this.values.test.textContent = number(texts?.share ?? wasm.formatNumber(snapshot.test_loss));
    const guess = texts ? this.words.say('readout-guess', { guess: { number: texts.guess } }) : '';
    if (this.guess.textContent !== guess) this.guess.textContent = guess;
  }
}
