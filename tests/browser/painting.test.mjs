/** When pictures and words are made anew: as soon as they change, and not more often. */
import assert from 'node:assert/strict';
import { answered, eventually, ready, reset, settled, snapshot, step } from './lab.mjs';
import { pageTest } from './site.mjs';

/** A network that learns to tell digits within a few hundred steps. */
const LEARNS = '#activation=relu&init=he_normal&learning-rate=0.04&depth=4';

/** The pictures beside the verdict. @param {import('playwright-core').Page} page */
const parts = (page) =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector('gradient-flow');
    return Object.fromEntries(['curve', 'samples'].map((name) => [name, shadowRoot.querySelector(`canvas.${name}`).toDataURL()]));
  });

/** Waits until these pictures are others than before, and returns them: longer words leave the curve less room. @param {import('playwright-core').Page} page */
async function changed(page, before, names = ['curve', 'samples']) {
  await eventually(() => parts(page), (now) => {
    for (const name of names) assert.notEqual(now[name], before[name], name);
  });
  await settled(page);
  return parts(page);
}

/** Waits until the pictures are those again. @param {import('playwright-core').Page} page */
const same = (page, expected, what) => eventually(() => parts(page), (now) => assert.deepEqual(now, expected, what));

/** Counts what is called on each canvas from now on, by class or chart. @param {import('playwright-core').Page} page */
const countCalls = (page) =>
  page.evaluate(() => {
    const { prototype } = CanvasRenderingContext2D;
    const calls = (window.calls = {});
    for (const name of ['fillRect', 'fillText', 'stroke', 'drawImage', 'putImageData']) {
      const act = prototype[name];
      prototype[name] = function (...args) {
        const canvas = this.canvas.className || this.canvas.closest('figure')?.dataset.chart || 'hidden';
        calls[canvas] ??= {};
        calls[canvas][name] = (calls[canvas][name] ?? 0) + 1;
        return act.apply(this, args);
      };
    }
  });

/** What has been counted since the last time. @param {import('playwright-core').Page} page */
async function countedCalls(page) {
  await settled(page);
  return page.evaluate(() => {
    const counted = structuredClone(window.calls);
    for (const name of Object.keys(window.calls)) delete window.calls[name];
    return counted;
  });
}

pageTest('the pictures beside the verdict follow steps, looking back, a kept run, the theme, the language and the size', { path: LEARNS }, async (page) => {
  await ready(page);
  await settled(page);
  const first = await parts(page);
  await step(page, 300);
  const trained = await changed(page, first);
  await page.locator('.scrub input').fill('0');
  await changed(page, trained);
  await page.locator('.latest').click();
  await same(page, trained, 'back at the latest step');

  await page.evaluate(() => document.querySelector('gradient-flow').pin());
  await reset(page);
  await settled(page);
  const kept = await parts(page);
  assert.notEqual(kept.curve, first.curve, 'the kept run has a curve');
  await page.evaluate(() => document.querySelector('gradient-flow').unpin());
  await same(page, first, 'nothing is kept');

  const theme = (value) => page.evaluate((name) => document.querySelector('gradient-flow').setAttribute('theme', name), value);
  await theme('light');
  await settled(page);
  const light = await parts(page);
  await theme('dark');
  await changed(page, light);
  await theme('light');
  await same(page, light, 'light again');

  const sentence = () => page.locator('canvas.curve').getAttribute('aria-label');
  const english = await sentence();
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('lang', 'de'));
  await eventually(sentence, (now) => assert.notEqual(now, english));

  const width = () => page.locator('canvas.samples').evaluate((canvas) => [canvas.width, Math.floor(canvas.parentElement.getBoundingClientRect().width) * devicePixelRatio]);
  const [before] = await width();
  await page.setViewportSize({ width: 420, height: 900 });
  await eventually(width, ([drawn, box]) => {
    assert.notEqual(drawn, before);
    assert.equal(drawn, box);
  });
});

pageTest('a run that stops leaves the words and pictures of its last step', { path: `${LEARNS}&speed=max` }, async (page) => {
  await ready(page);
  await page.evaluate(() => document.querySelector('gradient-flow').run());
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 100);
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
  // The last step comes with the answer.
  await answered(page);
  await settled(page);
  const { test_accuracy } = await snapshot(page);
  assert.equal(await page.locator('.share-correct').textContent(), `${(100 * test_accuracy).toFixed(1)} %`);
  const left = await parts(page);
  // In another theme and back all is drawn anew.
  const theme = (value) => page.evaluate((name) => document.querySelector('gradient-flow').setAttribute('theme', name), value);
  await theme('dark');
  await changed(page, left);
  await theme('light');
  await same(page, left, 'in the first theme again');
});

// Trials that come in have all painted anew.
pageTest('what looks the same is not painted again, and what has one style is painted at once', { path: '#trials=off' }, async (page) => {
  await ready(page);
  await page.locator('.fixes-intro', { hasText: 'Not tried:' }).waitFor();
  await settled(page);
  await countCalls(page);
  await step(page, 1);
  const { signals, hidden } = await countedCalls(page);
  assert.ok(signals.fillText > 10, 'it has labels');
  // Six lines, the grid, the strip; theory alone has some dozens of dashes.
  assert.ok(signals.stroke < 40, `${signals.stroke} strokes`);
  assert.ok(hidden.putImageData < 12, `${hidden.putImageData} bitmaps for a dozen digits and some heat maps`);

  await page.locator('[data-chart="signals"] canvas').click({ position: { x: 120, y: 100 } });
  await page.waitForFunction(() => window.calls.signals);
  const selected = await countedCalls(page);
  assert.deepEqual([selected.curve, selected.samples], [undefined, undefined], 'no layer is selected in these');
});

pageTest('words come as often as the device can render them, and the last ones always', { path: '' }, async (page) => {
  const counts = await page.evaluate(async () => {
    const { RenderThrottle } = await import(`${window.ASSETS}element/render-throttle.js`);
    // Time passes here alone: a busy machine would render less often than it may.
    const real = [performance.now, window.setTimeout, window.clearTimeout];
    let [now, lastTimer] = [performance.now(), 0];
    const timers = new Map();
    performance.now = () => now;
    window.setTimeout = (call, wait) => (timers.set((lastTimer += 1), { call, due: now + wait }), lastTimer);
    window.clearTimeout = (timer) => timers.delete(timer);
    const pass = async (milliseconds) => {
      for (const end = now + milliseconds; now < end; ) {
        now += 1;
        for (const [timer, { call, due }] of timers) if (due <= now && timers.delete(timer)) call();
        await undefined;
      }
    };
    /** Updates all the time for two seconds, where each one costs so much; then waits. */
    const count = async (milliseconds) => {
      const rendered = [];
      const throttle = new RenderThrottle((step) => {
        rendered.push(step);
        queueMicrotask(() => throttle.spend(milliseconds));
      });
      let step = 0;
      for (const end = now + 2000; now < end; await pass(5)) throttle.update((step += 1), false);
      await pass(700);
      return { renders: rendered.length, isLast: rendered.at(-1) === step };
    };
    const counts = [await count(1), await count(30), await count(1000)];
    [performance.now, window.setTimeout, window.clearTimeout] = real;
    return counts;
  });
  assert.deepEqual(counts.map(({ isLast }) => isLast), [true, true, true]);
  const [fast, slow, slowest] = counts.map(({ renders }) => renders);
  assert.ok(fast <= 22 && slow <= 9 && slowest <= 6, `at most every 100, 300 and 500 ms: ${[fast, slow, slowest]}`);
  assert.ok(fast > slow && slow > slowest && slowest >= 3, `${[fast, slow, slowest]}`);
});
