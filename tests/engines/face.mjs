/**
 * One small face for three browsers: what a test of every engine may do with a page. Each engine has a module that
 * starts it and gives a `Driver`; all else is done here, so that the same test means the same thing everywhere.
 */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What an engine's own protocol has to do.
 *
 * @typedef {{
 *   goto: (url: string) => Promise<unknown>,
 *   run: (source: string) => Promise<string>,
 *   mouse: (moves: ['move' | 'down' | 'up', number, number][]) => Promise<unknown>,
 *   key: (name: string) => Promise<unknown>,
 *   png: () => Promise<Uint8Array>,
 *   errors: string[],
 *   close: () => Promise<unknown>,
 * }} Driver `run` evaluates an expression, waits for its promise and returns its string; `errors` grows by what the
 *   engine itself reports
 */

const { ENGINE, SITE, ARTIFACTS } = process.env;
assert.ok(ENGINE && SITE && ARTIFACTS, 'run these tests by `cargo xtask test chromium`, `firefox` or `webkit`');

/** Longest wait for one condition. */
const WAIT_TIMEOUT = 60_000;

export class Face {
  /** @param {Driver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /** Starts the engine that the environment names. */
  static async start() {
    const { start } = await import(`./${ENGINE}.mjs`);
    return new Face(await start());
  }

  /** Opens an address below the site's, or a whole one, in a page that has left the one before. @param {string} path */
  async open(path) {
    await this.driver.goto('about:blank');
    this.driver.errors.length = 0;
    const url = new URL(path, SITE).href;
    await this.driver.goto(url);
    await this.waitFor((url) => location.href.split('#')[0] === url.split('#')[0] && document.readyState !== 'loading', url);
    // WebKit's driver tells nothing of errors; what the element refuses is an event in every engine.
    await this.evaluate(() => {
      window.complaints = [];
      addEventListener('error', ({ message }) => window.complaints.push(message));
      addEventListener('unhandledrejection', ({ reason }) => window.complaints.push(String(reason)));
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => window.complaints.push(`${violatedDirective} forbids ${blockedURI}`));
      addEventListener('gradient-flow-error', ({ detail }) => window.complaints.push(JSON.stringify(detail)));
    });
  }

  /**
   * Calls a function in the page, waits for its promise, and returns its value as JSON brings it over; what is not a
   * number comes as a string.
   *
   * @template {unknown[]} A @param {(...args: A) => any} fn @param {A} args @returns {Promise<any>}
   */
  async evaluate(fn, ...args) {
    const list = args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(', ');
    const plain = `(key, value) => ArrayBuffer.isView(value) ? Array.from(value, (x) => Number.isFinite(x) ? x : String(x)) : value`;
    const text = await this.driver.run(`(async () => JSON.stringify((await (${fn})(${list})) ?? null, ${plain}))()`);
    return JSON.parse(text);
  }

  /**
   * Waits until a function in the page finds something, and returns it.
   *
   * @template {unknown[]} A @param {(...args: A) => any} fn @param {A} args
   */
  async waitFor(fn, ...args) {
    const end = Date.now() + WAIT_TIMEOUT;
    for (;;) {
      const found = await this.evaluate(fn, ...args);
      if (found) return found;
      assert.ok(Date.now() < end, `waited in vain for ${fn} with ${JSON.stringify(args)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Where something of the element's shadow tree is, scrolled into sight, once it is there and stays there. @param {string} selector */
  #rect(selector) {
    return this.waitFor(async (selector) => {
      const look = () => {
        const found = document.querySelector('gradient-flow').shadowRoot.querySelector(selector);
        found?.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = found?.getBoundingClientRect() ?? { x: 0, y: 0, width: 0, height: 0 };
        return { x, y, width, height };
      };
      const before = look();
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
      const now = look();
      return now.width > 0 && JSON.stringify(now) === JSON.stringify(before) && now;
    }, selector);
  }

  /** Clicks in the middle of something in the element's shadow tree. @param {string} selector */
  async click(selector) {
    const { x, y, width, height } = await this.#rect(selector);
    const [across, down] = [x + width / 2, y + height / 2];
    await this.driver.mouse([['move', across, down], ['down', across, down], ['up', across, down]]);
  }

  /**
   * Drags along something in the element's shadow tree, from one share of its width to another.
   *
   * @param {string} selector @param {number} from @param {number} to
   */
  async drag(selector, from, to) {
    const { x, y, width, height } = await this.#rect(selector);
    const down = y + height / 2;
    const [start, middle, end] = [from, (from + to) / 2, to].map((share) => x + share * width);
    await this.driver.mouse([['move', start, down], ['down', start, down], ['move', middle, down], ['move', end, down], ['up', end, down]]);
  }

  /** Presses keys, by their names, one after the other. @param {string[]} names */
  async keys(...names) {
    for (const name of names) await this.driver.key(name);
  }

  /** Leaves a picture of the page in target/test-artifacts. @param {string} name */
  async screenshot(name) {
    const png = await this.driver.png();
    await mkdir(ARTIFACTS, { recursive: true });
    await writeFile(join(ARTIFACTS, `${name.replaceAll(/[^\w]+/g, '-')}.png`), png);
    return png;
  }

  /** What the page and the engine complained of since the page was opened. @returns {Promise<string[]>} */
  async errors() {
    return [...this.driver.errors, ...(await this.evaluate(() => window.complaints ?? ['the page was left']))];
  }

  close() {
    return this.driver.close();
  }
}
