// @ts-check
/** The worker's side of worker-lock.js, in a module of its own: those of the page do not run in a worker. */

/** Holds a lock until the worker ends. @param {string} name @param {() => void} onheld */
export function holdLock(name, onheld) {
  const hold = () => {
    onheld();
    return new Promise(() => {});
  };
  // Where locks are missing or forbidden (a sandboxed frame), the page only notices that no answer comes.
  globalThis.navigator?.locks?.request(name, hold).catch(() => {});
}
