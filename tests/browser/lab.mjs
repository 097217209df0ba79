/** The laboratory as the tests see it: `<gradient-flow>` by its JavaScript face and its roles. */

/** @typedef {import('playwright-core').Page} Page */

/** Waits for the first snapshot. @param {Page} page */
export async function ready(page) {
  await page.evaluate(async () => {
    await customElements.whenDefined('gradient-flow');
    await document.querySelector('gradient-flow').ready;
  });
}

/**
 * Waits until an asynchronous look at the page finds something; `waitForFunction` takes its promise for an answer.
 *
 * @param {import('playwright-core').Page | import('playwright-core').Frame} page
 * @param {(arg: any) => Promise<unknown>} look @param {unknown} [arg]
 */
export async function until(page, look, arg) {
  while (!(await page.evaluate(look, arg))) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** The workers that train what is on the screen: others may be trying fixes. @param {Page} page */
export const trainers = (page) => page.workers().filter((worker) => !worker.url().includes('/trials/'));

/** Longest wait for what a page shall come to say. */
const SETTLE_TIMEOUT = 60_000;

/**
 * Reads again until what is read passes a check: words follow a snapshot by up to 100 ms, pictures by a frame. Fails with
 * the last value's failure.
 *
 * @template T @param {() => Promise<T>} read @param {(value: T) => void} check throws while the value is not yet right
 * @returns {Promise<T>} the value that passed
 */
export async function eventually(read, check) {
  const end = Date.now() + SETTLE_TIMEOUT;
  for (;;) {
    const value = await read();
    try {
      check(value);
      return value;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Typed arrays come out of a page as objects of indices: plain arrays are easier to compare. */
const toPlain = `(snapshot) => JSON.parse(JSON.stringify(snapshot, (key, value) =>
  ArrayBuffer.isView(value) ? Array.from(value, (x) => Number.isFinite(x) ? x : String(x)) : value))`;

/** The snapshot on the screen. @param {Page} page */
export function snapshot(page) {
  return page.evaluate(`(${toPlain})(document.querySelector('gradient-flow').snapshot)`);
}

/** Makes steps; the snapshot after them. @param {Page} page @param {number} count */
export function step(page, count) {
  return page.evaluate(`document.querySelector('gradient-flow').step(${count}).then(${toPlain})`);
}

/** @param {Page} page */
export function config(page) {
  return page.evaluate(() => document.querySelector('gradient-flow').config);
}

/**
 * Does something that builds the network anew, and waits for the new network's first snapshot, which alone has the row of
 * step 0: others of that step come when charts ask for more, also of the network before.
 *
 * @param {Page} page
 * @param {() => Promise<unknown>} act
 */
export async function rebuild(page, act) {
  await page.evaluate(() => {
    window.hasBegun = false;
    document.querySelector('gradient-flow').addEventListener('gradient-flow-snapshot', ({ detail: { step, log } }) => {
      if (step === 0 && log.train_loss.length > 0) window.hasBegun = true;
    });
  });
  await act();
  await page.waitForFunction(() => window.hasBegun);
}

/** Back to step 0 of the same run. @param {Page} page */
export function reset(page) {
  return rebuild(page, () => page.getByRole('button', { name: 'Restart', exact: true }).click());
}

/**
 * Waits until what is on the screen is the state that it means: the words tell the snapshot's step and loss, which they
 * do up to 100 ms later, and words and pictures stay as they are from one frame to the next. A laboratory that runs
 * never rests: of that only frames are waited for.
 *
 * @param {Page} page
 */
export function settled(page) {
  return page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    // One file has no modules to import, and words of its own to compare with nothing but the step.
    const { origin } = new URL(window.ASSETS ?? 'about:blank');
    const hasModules = origin === location.origin && !('gradientFlowFiles' in window);
    const { wasm } = hasModules ? await import(`${window.ASSETS}shared/wasm.js`) : { wasm: undefined };
    /** What the words and the pictures are, and whether the words are the snapshot's. */
    const look = () => {
      const { snapshot, shadowRoot } = lab;
      const word = (name) => shadowRoot.querySelector(`[data-readout="${name}"] b`).textContent;
      // While looking back the words are those of an earlier step.
      const isBack = shadowRoot.querySelector('.lab').classList.contains('back');
      const agrees = isBack || (word('step') === String(snapshot?.step) && (!wasm || word('loss').replace(',', '.') === wasm.formatNumber(snapshot.train_loss)));
      const texts = Array.from(shadowRoot.querySelectorAll('.headline, .text, .evidence, .note'), ({ textContent }) => textContent);
      const charts = Array.from(shadowRoot.querySelectorAll('figure[data-chart] canvas'), (canvas) => canvas.toDataURL());
      return { agrees, state: [snapshot?.step, ...texts, ...charts].join() };
    };
    // A chart is drawn in the frame after the one in which it learns its size.
    for (let frames = 0, before; ; frames += 1) {
      await new Promise(requestAnimationFrame);
      if (lab.running && frames >= 3) return;
      const { agrees, state } = look();
      if (!lab.running && frames >= 3 && agrees && state === before) return;
      before = state;
    }
  });
}

/**
 * Waits until nothing that is read changes any more: of two looks in a row, between which a run would have made steps,
 * each finds the same. Returns that.
 *
 * @template T @param {() => Promise<T>} read @returns {Promise<T>}
 */
export async function still(read) {
  for (;;) {
    const before = await read();
    await new Promise((resolve) => setTimeout(resolve, 600));
    if ((await read()) === before) return before;
  }
}

/**
 * Every chart as it is drawn, once the page has drawn what it has.
 *
 * @param {Page} page
 * @returns {Promise<Record<string, string>>} chart id to data URL
 */
export async function pictures(page) {
  await settled(page);
  return page.evaluate(() => {
    const figures = document.querySelector('gradient-flow').shadowRoot.querySelectorAll('figure[data-chart]');
    return Object.fromEntries(
      Array.from(figures, (figure) => [figure.dataset.chart, figure.querySelector('canvas').toDataURL()]),
    );
  });
}
