/** Figures of a page under load: memory, workers, the longest task; and what may not grow. */

/** How much a figure may grow between the middle and the end of a part, in bytes. */
const ALLOWED_GROWTH = { 'JS heap': 16e6, wasm: 64e6 };

/**
 * @typedef {{ 'JS heap': number, wasm: number, workers: number, elements: number, longest: number }} Figures
 *   bytes; the wasm memory is the page's and its workers'; the longest task of the page is in milliseconds
 */

/** Begins to watch for long tasks; run before any script of the page. */
export function watchTasks() {
  window.longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longestTask = Math.max(window.longestTask, duration);
  }).observe({ type: 'longtask', buffered: true });
}

export class Gauge {
  /** @type {Figures[]} */
  samples = [];

  /** @param {import('playwright-core').Page} page @param {import('playwright-core').CDPSession} client of the page */
  constructor(page, client) {
    this.page = page;
    this.client = client;
  }

  /** Takes the figures now, after what the page has thrown away is gone. */
  async sample() {
    const { page, client } = this;
    await client.send('HeapProfiler.collectGarbage');
    const { usedSize } = await client.send('Runtime.getHeapUsage');
    const { wasm, elements, longest } = await page.evaluate(async () => {
      const { memory } = await (await import(`${window.ASSETS}wasm/gradient_flow.js`)).default();
      return { wasm: memory.buffer.byteLength, elements: document.querySelectorAll('gradient-flow').length, longest: window.longestTask };
    });
    const workers = page.workers();
    // A worker may end while it is asked.
    const theirs = await Promise.all(workers.map((worker) => wasmOf(worker).catch(() => 0)));
    // One that has been ended, as by another config, is listed for a moment.
    let alive = await this.workers();
    for (const end = Date.now() + ENDING; alive > WORKERS * elements && Date.now() < end; alive = await this.workers()) await new Promise((resolve) => setTimeout(resolve, 50));
    const figures = { 'JS heap': usedSize, wasm: theirs.reduce((sum, bytes) => sum + bytes, wasm), workers: alive, elements, longest };
    this.samples.push(figures);
    return figures;
  }

  /** How many workers of the page are alive. */
  async workers() {
    const { targetInfos } = await this.client.send('Target.getTargets', { filter: [{ type: 'worker' }] });
    return Math.max(targetInfos.length, this.page.workers().length);
  }

  /** What grew beyond its bound from the middle of the samples to their end, or is alive without an element. */
  complaints() {
    const found = [];
    const last = this.samples.at(-1);
    if (!last) return ['no figures were taken'];
    const middle = this.samples[Math.floor((this.samples.length - 1) / 2)];
    for (const [name, allowed] of Object.entries(ALLOWED_GROWTH)) {
      const growth = last[name] - middle[name];
      if (growth > allowed) found.push(`${name} grew by ${megabytes(growth)} from the middle to the end; allowed: ${megabytes(allowed)}`);
    }
    if (last.workers > WORKERS * last.elements) found.push(`${last.workers} workers are alive for ${last.elements} elements`);
    return found;
  }

  /** The figures in the middle and at the end, in words. */
  toString() {
    const last = this.samples.at(-1);
    const middle = this.samples[Math.floor((this.samples.length - 1) / 2)];
    const growth = (name) => `${name} ${megabytes(middle[name])} in the middle, ${megabytes(last[name])} at the end`;
    const most = Math.max(...this.samples.map(({ workers }) => workers));
    return `${growth('JS heap')}; ${growth('wasm')}; workers: at most ${most}, ${last.workers} at the end for ${last.elements} elements; longest task ${Math.round(last.longest)} ms`;
  }
}

/** Longest time in which an ended worker is gone, in milliseconds. */
const ENDING = 10_000;

/** An element trains in one worker, and tries fixes in another for as long as there are some. */
const WORKERS = 2;

/** The wasm memory of a worker, in bytes. @param {import('playwright-core').Worker} worker @returns {Promise<number>} */
function wasmOf(worker) {
  return worker.evaluate(async () => {
    // The modules are those that the worker has loaded: nothing is fetched or built a second time.
    const { memory } = await (await import(new URL('../wasm/gradient_flow.js', self.location.href).href)).default();
    return memory.buffer.byteLength;
  });
}

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
