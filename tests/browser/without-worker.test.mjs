/** Where there is no worker it trains in the page; where a chart traps, the rest goes on. */
import assert from 'node:assert/strict';
import { eventually, ready, snapshot, step } from './lab.mjs';
import { heard, listen, set } from './said.mjs';
import { pageTest, picture } from './site.mjs';

const SMALL = 'depth=3&width=8&activation=tanh';

const WITHOUT_WORKER = {
  'there is no Worker': () => delete (/** @type {any} */ (window).Worker),
  'its constructor throws': () => {
    window.Worker = /** @type {any} */ (class { constructor() { throw new DOMException('forbidden', 'SecurityError'); } });
  },
  'its script never starts': () => {
    const { Worker } = window;
    window.Worker = /** @type {any} */ (class extends Worker { constructor(/** @type {string} */ url, /** @type {any} */ options) { super(url.replace('worker.js', 'nothing.js'), options); } });
  },
};

for (const [what, remove] of Object.entries(WITHOUT_WORKER)) {
  pageTest(`it trains in the page, which goes on, where ${what}`, { path: 'docs.html', expected: /nothing\.js|Failed to load resource|404/ }, async (page) => {
    await page.addInitScript(remove);
    await page.goto(new URL(`index.html#data=xor&${SMALL}`, process.env.SITE).href);
    await ready(page);
    await listen(page);
    assert.equal((await step(page, 3)).step, 3);
    await page.evaluate(() => ((document.querySelector('gradient-flow').speed = 'max'), document.querySelector('gradient-flow').run()));
    await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 500);
    const frames = await page.evaluate(async () => {
      const start = document.querySelector('gradient-flow').snapshot.step;
      for (let i = 0; i < 20; i += 1) await new Promise(requestAnimationFrame);
      return document.querySelector('gradient-flow').snapshot.step - start;
    });
    assert.ok(frames > 0, 'it draws and trains by turns');
    await set(page, { depth: 5 });
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await eventually(() => snapshot(page), ({ layers }) => assert.equal(layers.dw_rms.length, 6));
    assert.deepEqual((await heard(page)).errors, []);
    await eventually(async () => page.workers().length, (count) => assert.equal(count, 0));
    await page.evaluate(() => document.querySelector('gradient-flow').remove());
  });
}

pageTest('it trains in the page where Trusted Types are required', {
  path: 'strict.html',
  pages: { 'strict.html': `<!doctype html><link rel="icon" href="icon.svg"><script type="module" src="gradient-flow.js"></script><gradient-flow data="xor" depth="3" width="8"></gradient-flow>` },
  headers: { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'" },
  expected: /TrustedScriptURL|Trusted/,
}, async (page) => {
  await ready(page);
  assert.equal((await step(page, 3)).step, 3);
  assert.equal(page.workers().length, 0);
});

pageTest('a chart that traps costs itself for a run, never the element', { path: `#${SMALL}&charts=signals,loss` }, async (page) => {
  await ready(page);
  await step(page, 3);
  await page.evaluate(async () => {
    const { Charts } = await import(`${window.ASSETS}wasm/gradient_flow.js`);
    const { draw } = Charts.prototype;
    // As after a panic: what was borrowed stays so, and the scene refuses every change.
    Charts.prototype.draw = function (id, ...rest) {
      if (id !== 'loss' || !(/** @type {any} */ (window).isBroken)) return draw.call(this, id, ...rest);
      Object.assign(this, { push: () => { throw new Error('recursive use of an object detected'); } });
      throw new WebAssembly.RuntimeError('unreachable');
    };
    Object.assign(window, { isBroken: true });
  });
  assert.equal((await step(page, 2)).step, 5);
  const note = page.locator('figure[data-chart="loss"] .note');
  await note.filter({ hasText: 'could not be drawn' }).waitFor();
  assert.equal((await step(page, 2)).step, 7);
  assert.doesNotMatch(await page.locator('figure[data-chart="signals"] .note').textContent(), /could not/);
  await picture(page, 'chart trapped');
  await page.evaluate(() => Object.assign(window, { isBroken: false }));
  await page.evaluate(() => document.querySelector('gradient-flow').reset());
  await note.filter({ hasNotText: 'could not' }).waitFor({ state: 'attached' });
  assert.equal((await step(page, 2)).step, 2);
});
