// @ts-check
/** The wasm of a worker: what comes before it is ready waits, and after a trap, which leaves it in an unknown state, nothing runs any more. */
import init from '../wasm/gradient_flow.js';

/**
 * Holds a lock for as long as the worker lives, so that the page learns of its end. Where locks are missing or forbidden (a
 * sandboxed frame), the page only notices that no answer comes.
 * @param {string} name @param {() => void} onheld
 */
export function holdLock(name, onheld) {
  const hold = () => {
    onheld();
    return new Promise(() => {});
  };
  globalThis.navigator?.locks?.request(name, hold).catch(() => {});
}

/**
 * Makes up to so many steps, for about as many milliseconds at most, between which messages can be handled. `stopped`: the
 * network has overflowed. `time`: the milliseconds that it took.
 * @param {import('../wasm/gradient_flow.js').Trainer} trainer @param {number} most @param {number} slice
 */
export function advanceFor(trainer, most, slice) {
  const begin = performance.now();
  let [steps, batch, stopped] = [0, 1, false];
  let at = begin;
  while (steps < most && !stopped && at - begin < slice) {
    const count = Math.min(batch, most - steps);
    const made = trainer.advance(count);
    steps += made;
    stopped = made < count;
    const before = at;
    at = performance.now();
    // Read the clock less often if steps are short.
    if (at - before < slice / 8) batch *= 2;
  }
  return { steps, stopped, time: at - begin };
}

/** @template R What is asked of it. */
export class Instance {
  /** What came before the wasm was ready. @type {R[] | undefined} */
  #waiting = [];
  #hasEnded = false;

  /** @param {{ handle: (request: R) => void, onstart: () => void, onfail: (error: unknown) => void }} actions */
  constructor(actions) {
    this.actions = actions;
  }

  /** @param {WebAssembly.Module} module */
  async start(module) {
    try {
      await init({ module_or_path: module });
    } catch (error) {
      this.actions.onfail(error);
      return;
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    this.actions.onstart();
    for (const request of waiting) this.receive(request);
  }

  /** @param {R} request */
  receive(request) {
    if (this.#waiting) this.#waiting.push(request);
    else this.run(() => this.actions.handle(request));
  }

  /** @param {() => void} act What it throws ends the instance. */
  run(act) {
    if (this.#hasEnded) return;
    try {
      act();
    } catch (error) {
      this.#hasEnded = true;
      this.actions.onfail(error);
    }
  }

  /** Nothing runs any more. */
  end() {
    this.#hasEnded = true;
  }
}
