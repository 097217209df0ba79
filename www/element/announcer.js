// @ts-check
/** What screen readers hear of a run: it changes many times a second on the screen, far faster than anyone can listen. */
import { el } from '../shared/dom.js';

/** Milliseconds in which a run that goes on is told once, if what is said of it has changed. */
const USUAL = 10_000;
/** Milliseconds in which a verdict that goes to and fro is told once. */
const SHORTEST = 4_000;

export class Announcer {
  element = el('div', { class: 'unseen', role: 'status' });
  #spoken = { kind: '', text: '', at: -Infinity, running: false };

  /** @param {() => number} now In milliseconds. */
  constructor(now = () => performance.now()) {
    this.now = now;
  }

  /** Tells what a reader has asked for, at once. @param {string} text */
  announce(text) {
    this.element.textContent = text;
    this.#spoken.at = this.now();
  }

  /**
   * Tells the verdict if it is of another kind, at a stop, and otherwise now and then.
   * @param {{ kind?: string, tone: string, title: string, text: string }} status @param {boolean} running
   */
  tick({ kind = '', tone, title, text: sentence }, running) {
    const text = `${title}. ${sentence}`;
    const { at, ...spoken } = this.#spoken;
    const since = this.now() - at;
    const verdict = `${kind} ${tone}`;
    const hasStopped = !running && (spoken.running || text !== spoken.text);
    this.#spoken.running = running;
    const isDue = hasStopped || (verdict !== spoken.kind ? since >= SHORTEST : text !== spoken.text && since >= USUAL);
    if (!isDue) return;
    Object.assign(this.#spoken, { kind: verdict, text });
    this.announce(text);
  }
}
