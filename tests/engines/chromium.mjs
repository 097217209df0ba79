/** Chromium, through Playwright. */
import { chromium } from 'playwright-core';

/** @returns {Promise<import('./face.mjs').Driver>} */
export async function start() {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
  const page = await browser.newPage({ viewport: { width: 1280, height: 850 } });
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
    key: (name) => page.keyboard.press(name),
    png: () => page.screenshot(),
    errors,
    close: () => browser.close(),
  };
}
