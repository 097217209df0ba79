// @ts-check
/** Walking through one step of the view `network`: its buttons, keys and clock, and what is told of each stage. */
import { el, label, write } from '../../shared/dom.js';
import { moveFocus } from '../../shared/focus.js';
import { reveal } from '../../shared/reveal.js';

/** @typedef {{ title: string, formula: string, numbers: string, text: string }} Told */

/** Stages per second that can be chosen, the usual one first. */
const SPEEDS = [0.5, 1, 3, 10];
const USUAL_SPEED = 0.5;
/** Milliseconds in which a signal passes the weights, at most, and as a share of the time of a stage. */
const [LONGEST_PASS, SHARE_OF_PASS] = [700, 0.6];
/** At this many stages a second or fewer, a screen reader is told each of them while they play. */
const SPOKEN_SPEED = 0.5;

/** The symbols of signals, which have their colours, as in the picture. @type {[string, RegExp][]} */
const SIGNALS = [
  ['of-dw', /^dW/],
  ['of-delta', /^δ/],
  ['of-a', /^a[₀-₉]/],
];

/** A text with the symbols of signals in their colours. @param {string} text */
function coloured(text) {
  return text.split(/(dW[₀-₉ₒᵤₜ]*|δ[₀-₉ₒᵤₜ]*|\ba[₀-₉]+)/).map((part) => {
    const signal = SIGNALS.find(([, symbol]) => symbol.test(part));
    return signal ? el('span', { class: signal[0] }, [part]) : part;
  });
}

export class Walk {
  /** The stage that is shown; undefined while nobody walks. @type {number | undefined} */
  #stage;
  #frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #still = matchMedia('(prefers-reduced-motion: reduce)');

  /**
   * @param {import('../../charts/view.js').ViewHost} host
   * @param {{ stages: () => number, tell: (stage: number) => Told | undefined, show: (stage: number, progress: number) => void }} view
   *   `show` draws the step as far as a stage, whose signal has come so far (from 0 to 1); the stage -1 is all of it.
   */
  constructor(host, view) {
    this.host = host;
    this.view = view;
    const { words } = host;
    const button = (/** @type {string} */ sign, /** @type {import('../../shared/words.js').Text} */ name, /** @type {() => void} */ act) => {
      const made = el('button', { type: 'button', 'aria-label': name, title: name }, [sign]);
      made.addEventListener('click', act);
      return made;
    };
    this.startButton = el('button', { type: 'button', class: 'walk-start' }, [words.text('network-walk')]);
    this.startButton.addEventListener('click', () => this.start());
    this.back = button('←', words.text('network-walk-back'), () => this.#step(-1));
    this.play = button('▶', words.text('network-walk-play'), () => this.#toggle());
    this.next = button('→', words.text('network-walk-next'), () => this.#step(1));
    const close = button('×', words.text('network-walk-close'), () => this.end(true));
    const keys = words.text('network-walk-keys');
    this.slider = el('input', { type: 'range', min: '0', step: '1', value: '0', 'aria-label': words.text('network-walk-slider'), title: keys });
    this.slider.addEventListener('input', () => {
      this.#stop();
      this.#show(this.slider.valueAsNumber);
    });
    const speeds = SPEEDS.map((speed) => el('option', { value: String(speed) }, [words.text('network-walk-rate', { speed })]));
    const speedName = words.text('network-walk-speed');
    this.speed = el('select', { 'aria-label': speedName, title: speedName }, speeds);
    this.speed.value = String(USUAL_SPEED);
    this.make = el('button', { type: 'button', class: 'walk-make' }, [words.text('network-walk-make')]);
    this.make.addEventListener('click', () => this.#make());
    this.title = el('b');
    this.place = el('span', { class: 'walk-place' });
    this.formula = el('span', { class: 'walk-formula', dir: 'ltr' });
    this.numbers = el('p', { class: 'walk-numbers' });
    this.text = el('p');
    const bar = el('div', { class: 'walk-bar' }, [this.back, this.play, this.next, this.slider, this.speed, close]);
    const head = el('div', { class: 'walk-head' }, [this.title, this.formula, this.place]);
    this.told = el('div', { class: 'walk-told' }, [head, this.numbers, this.text, this.make]);
    this.element = el('div', { class: 'walk', role: 'group', 'aria-label': words.text('network-walk'), hidden: '' }, [bar, this.told]);
    this.element.addEventListener('keydown', (event) => this.#handleKey(event));
  }

  get isOn() {
    return this.#stage !== undefined;
  }

  /** Begins at the first stage; the run waits meanwhile. */
  start() {
    if (this.view.stages() === 0) return;
    this.host.lab.pause();
    this.element.hidden = false;
    this.startButton.hidden = true;
    this.element.parentElement?.classList.add('walking');
    this.#show(0);
    this.slider.focus({ preventScroll: true });
    reveal(this.told);
  }

  /** Shows the whole step again. @param {boolean} [isAsked] The reader has asked for it. */
  end(isAsked = false) {
    if (!this.isOn) return;
    this.#stop();
    cancelAnimationFrame(this.#frame);
    this.#stage = undefined;
    this.element.hidden = true;
    this.startButton.hidden = false;
    this.element.parentElement?.classList.remove('walking');
    if (isAsked) moveFocus(this.startButton);
    this.view.show(-1, 1);
    this.host.redraw(true);
  }

  /** Another state of the network is shown: its step begins anew, and a run that goes on is no time to walk. @param {boolean} isOther It is another step. */
  follow(isOther) {
    if (!this.isOn) return;
    if (this.host.lab.running) this.end();
    else this.#show(isOther ? 0 : Number(this.#stage));
  }

  /** Tells the stage again, in the language that the words have now. */
  retell() {
    if (this.#stage !== undefined) this.#tell(this.#stage);
    this.#showPlaying();
  }

  async #make() {
    this.#stop();
    // What ends the step early has said so itself.
    await this.host.lab.step(1).catch(() => {});
  }

  get #last() {
    return this.view.stages() - 1;
  }

  /** @param {number} by */
  #step(by) {
    this.#stop();
    this.#show(Number(this.#stage) + by);
    this.host.announce(this.#spoken());
  }

  #spoken() {
    return [this.title, this.numbers, this.text].map((part) => part.textContent).filter(Boolean).join('. ');
  }

  // ---- playing ----

  get #isPlaying() {
    return this.#timer !== undefined;
  }

  #toggle() {
    if (this.#isPlaying) {
      this.#stop();
      return;
    }
    // From the end it plays again.
    if (this.#stage === this.#last) this.#show(0);
    this.#wait();
  }

  #wait() {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (Number(this.#stage) < this.#last) {
        this.#show(Number(this.#stage) + 1);
        if (Number(this.speed.value) <= SPOKEN_SPEED) this.host.announce(this.#spoken());
      }
      if (Number(this.#stage) < this.#last) this.#wait();
      this.#showPlaying();
    }, 1000 / Number(this.speed.value));
    this.#showPlaying();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#showPlaying();
  }

  #showPlaying() {
    const name = this.host.words.text(this.#isPlaying ? 'network-walk-pause' : 'network-walk-play');
    label(this.play, 'aria-label', name);
    label(this.play, 'title', name);
    write(this.play, this.#isPlaying ? '❚❚' : '▶');
  }

  // ---- one stage ----

  /** @param {number} wanted */
  #show(wanted) {
    const stage = Math.max(0, Math.min(wanted, this.#last));
    const isNext = stage === Number(this.#stage) + 1;
    this.#stage = stage;
    this.slider.max = String(this.#last);
    this.slider.value = String(stage);
    this.back.toggleAttribute('disabled', stage === 0);
    this.next.toggleAttribute('disabled', stage === this.#last);
    // The step has been made: its button goes, and the keys go on from the slider.
    if (stage !== this.#last && this.make.matches(':focus')) this.slider.focus({ preventScroll: true });
    this.make.hidden = stage !== this.#last;
    this.#tell(stage);
    cancelAnimationFrame(this.#frame);
    // Only a step ahead is a movement; a jump has none.
    if (isNext && !this.#still.matches) this.#pass(stage);
    else this.#draw(stage, 1);
  }

  /** The signal passes the weights. @param {number} stage */
  #pass(stage) {
    const duration = Math.min(LONGEST_PASS, (1000 * SHARE_OF_PASS) / Number(this.speed.value));
    const begin = performance.now();
    const move = () => {
      const progress = Math.min(1, (performance.now() - begin) / duration);
      this.#draw(stage, progress);
      if (progress < 1) this.#frame = requestAnimationFrame(move);
    };
    move();
  }

  /** @param {number} stage @param {number} progress */
  #draw(stage, progress) {
    this.view.show(stage, progress);
    this.host.redraw(progress === 1);
  }

  /** @param {number} stage */
  #tell(stage) {
    const told = this.view.tell(stage);
    if (!told) return;
    this.title.textContent = told.title;
    this.formula.replaceChildren(...coloured(told.formula));
    this.numbers.replaceChildren(...coloured(told.numbers));
    this.text.textContent = told.text;
    write(this.place, this.host.words.text('network-walk-place', { stage: stage + 1, stages: this.#last + 1 }));
    label(this.slider, 'aria-valuetext', this.#spoken());
  }

  // ---- keys ----

  /** @param {KeyboardEvent} event */
  #handleKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const isPressed = event.key === ' ' && target.matches('button');
    const act = {
      ArrowLeft: () => this.#step(-1),
      ArrowRight: () => this.#step(1),
      Home: () => this.#step(-Infinity),
      End: () => this.#step(Infinity),
      ' ': () => this.#toggle(),
      Escape: () => this.end(true),
    }[event.key];
    if (!act || isPressed || (target === this.speed && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  dispose() {
    this.#stop();
    cancelAnimationFrame(this.#frame);
  }
}
