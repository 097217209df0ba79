/** Firefox, through WebDriver BiDi, which puppeteer speaks; Playwright drives only a Firefox of its own. */
import puppeteer from 'puppeteer-core';

/** @returns {Promise<import('./face.mjs').Driver>} */
export async function start() {
  const size = { width: 1280, height: 850 };
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX,
    headless: true,
    args: [`--width=${size.width}`, `--height=${size.height}`],
    protocolTimeout: 120_000,
  });
  const page = await browser.newPage();
  await page.setViewport(size);
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return {
    goto: (url) => page.goto(url),
    run: (source) => page.evaluate(source),
    async mouse(moves) {
      for (const [kind, x, y] of moves) await (kind === 'move' ? page.mouse.move(x, y) : page.mouse[kind]());
    },
    key: (name) => page.keyboard.press(/** @type {any} */ (name)),
    png: () => page.screenshot(),
    errors,
    close: () => browser.close(),
  };
}
