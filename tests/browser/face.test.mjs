/** What one sees first: the verdict with its reasons, what has been won, one chart for a lecture hall; and nothing jumps. */
import assert from 'node:assert/strict';
import { eventually, ready, rebuild, reset, settled, snapshot, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const text = (page, selector) => page.locator(selector).first().textContent();

/** Where the parts begin and end: they stay, whatever they say. @param {import('playwright-core').Page} page */
const places = (page) =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector('gradient-flow');
    return Object.fromEntries(
      ['.status', '.figures', ...Array.from(shadowRoot.querySelectorAll('figure'), ({ dataset }) => `[data-chart="${dataset.chart}"] .plot`)].map((selector) => {
        const { top, bottom } = shadowRoot.querySelector(selector).getBoundingClientRect();
        // What the reader has scrolled does not count.
        const { scrollTop } = selector.startsWith('.') ? { scrollTop: 0 } : shadowRoot.querySelector('.figures');
        return [selector, [top, bottom].map((y) => Math.round(y + scrollTop))];
      }),
    );
  });

for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
  pageTest(`nothing jumps, whatever happens, at ${viewport.width}`, { path: '#depth=12', viewport }, async (page) => {
    await ready(page);
    await settled(page);
    const first = await places(page);
    const check = async (what) => {
      await settled(page);
      await eventually(() => places(page), (now) => assert.deepEqual(now, first, what));
    };
    await step(page, 30);
    await check('after 30 steps');
    await page.evaluate(() => document.querySelector('gradient-flow').pin());
    await check('a run is kept');
    await page.locator('.scrub input').fill('10');
    await check('looking back');
    await page.locator('.latest').click();
    await page.locator('.why').click();
    await check('the reasons are open');
    await page.locator('.why').click();
    await page.locator('.fix').first().click();
    // What it changes, unlike what was kept before, has an arrow.
    await page.locator('.differences', { hasText: '→' }).waitFor({ state: 'attached' });
    await page.evaluate(() => document.querySelector('gradient-flow').pause());
    await step(page, 20);
    await check('a fix is applied');
  });
}

pageTest('the reasons stand behind "Why?", with what each fix does, and Escape closes them', { path: '#depth=20' }, async (page) => {
  await ready(page);
  assert.equal(await text(page, '.headline'), 'Vanishing gradient');
  assert.match(await text(page, '.text'), /^Layer 1's gradient is 10¹² times smaller than layer 20's\. Each Sigmoid layer passes back only 2\d % of it\.$/);
  const why = page.getByRole('button', { name: 'Why?' });
  assert.equal(await page.locator('.evidence').isVisible(), false);
  await why.press('Enter');
  await page.locator('.evidence').filter({ hasText: /weights × 1\.00, slope × 0\.2\d.*never exceeds 1\/4/ }).waitFor();
  await page.locator('.notes').filter({ hasText: /ReLU \+ He.*Sets activation = relu/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.evidence').waitFor({ state: 'hidden' });
  assert.equal(await why.evaluate((button) => button.matches(':focus')), true);
});

pageTest('accuracy on unseen digits stands beside guessing, and a success is seen', { path: '#activation=relu&init=he_normal&learning-rate=0.04' }, async (page) => {
  await ready(page);
  await settled(page);
  assert.equal(await text(page, '.of'), 'of unseen digits');
  assert.equal(await text(page, '.outcome .guess'), 'guessing: 10 %');
  const isLearned = () => page.locator('.outcome').evaluate(({ classList }) => classList.contains('learned'));
  assert.equal(await isLearned(), false);
  const samples = page.locator('.samples');
  const [before, sentence] = [await samples.evaluate((canvas) => canvas.toDataURL()), await samples.getAttribute('aria-label')];
  await step(page, 300);
  const { test_accuracy } = await snapshot(page);
  await eventually(() => text(page, '.share-correct'), (shown) => assert.equal(shown, `${(100 * test_accuracy).toFixed(1)} %`));
  assert.equal(test_accuracy > 0.9 && (await isLearned()), true);
  await eventually(() => samples.getAttribute('aria-label'), (now) => assert.notEqual(now, sentence));
  assert.notEqual(await samples.evaluate((canvas) => canvas.toDataURL()), before, 'the digits have other answers');
  await picture(page, 'face-learned');

  // Looking back, all numbers are those of the step looked at.
  await page.locator('.scrub input').fill('0');
  await eventually(() => text(page, '.share-correct'), (shown) => assert.ok(parseFloat(shown) < 30, shown));
  assert.equal(await isLearned(), false);
});

pageTest('toy data show their plane, numbers to predict their loss', { path: '#data=spiral&depth=3&width=16' }, async (page) => {
  await ready(page);
  await settled(page);
  assert.equal(await text(page, '.outcome .guess'), 'guessing: 50 %');
  const box = await page.locator('.samples-box').boundingBox();
  assert.ok(Math.abs(box.width - box.height) < 12, `${box.width} x ${box.height} is a square`);
  await rebuild(page, () => page.evaluate(() => void (document.querySelector('gradient-flow').config = { data: 'plane', learning_rate: 0.01 })));
  await eventually(() => text(page, '.of'), (shown) => assert.equal(shown, 'test loss'));
  assert.equal(await text(page, '.outcome .guess'), '');
});

pageTest('without room for the panel the bar tells accuracy and guessing', { path: 'embed.html#charts=signals&controls=depth', viewport: { width: 480, height: 360 } }, async (page) => {
  await ready(page);
  await settled(page);
  assert.equal(await page.locator('.share-correct').isVisible(), false);
  await page.locator('[data-readout="test"]').filter({ hasText: /\d+\.\d %guessing 10 %/ }).waitFor();
  assert.equal(await page.locator('[data-readout="test"]').isVisible(), true);
});

pageTest('presenting enlarges one chart for a lecture hall; the same key and Escape end it', { viewport: { width: 1920, height: 1080 } }, async (page) => {
  await ready(page);
  await settled(page);
  await page.locator('.fix').first().waitFor();
  const isShown = (id) => page.locator(`figure[data-chart="${id}"]`).isVisible();
  const normal = await page.locator('figure[data-chart="signals"] canvas').evaluate((canvas) => canvas.toDataURL());
  await page.keyboard.press('f');
  await page.locator('.lab.present').waitFor();
  await settled(page);
  assert.deepEqual(await Promise.all(['signals', 'history', 'loss'].map(isShown)), [true, false, false]);
  const sizes = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('gradient-flow');
    return ['.text', '.of', '.fix', '.headline', '.share-correct', '.run'].map((selector) => [selector, parseFloat(getComputedStyle(shadowRoot.querySelector(selector)).fontSize)]);
  });
  for (const [selector, size] of sizes) assert.ok(size >= 27.9, `${selector} has ${size} px`);
  assert.notEqual(await page.locator('figure[data-chart="signals"] canvas').evaluate((canvas) => canvas.toDataURL()), normal);
  await picture(page, 'face-present');
  await page.keyboard.press('f');
  assert.deepEqual(await Promise.all(['signals', 'history', 'loss'].map(isShown)), [true, true, true]);
  await eventually(() => page.locator('figure[data-chart="signals"] canvas').evaluate((canvas) => canvas.toDataURL()), (now) => assert.equal(now, normal));

  await page.locator('figure[data-chart="loss"] canvas').focus();
  await page.getByRole('button', { name: 'Present' }).evaluate((button) => button.click());
  await page.locator('.lab.present').waitFor();
  assert.deepEqual(await Promise.all(['signals', 'loss'].map(isShown)), [false, true], 'the chart with the focus');
  await page.keyboard.press('Escape');
  await page.locator('.lab:not(.present)').waitFor();
});

/** Records the progress with which the main chart is drawn. @param {import('playwright-core').Page} page */
const recordMorph = (page) =>
  page.evaluate(async () => {
    const { wasm } = await import(`${window.ASSETS}shared/wasm.js`);
    const { morph } = wasm.Charts.prototype;
    window.progress = [];
    wasm.Charts.prototype.morph = function record(progress) {
      window.progress.push(progress);
      return morph.call(this, progress);
    };
  });

for (const motion of /** @type {const} */ (['no-preference', 'reduce'])) {
  pageTest(`after a fix the lines move to their new places, motion ${motion}`, { path: '#depth=10&speed=5', motion }, async (page) => {
    await ready(page);
    await page.evaluate(() => document.querySelector('gradient-flow').pause());
    await recordMorph(page);
    await page.locator('.fix').first().click();
    if (motion === 'reduce') {
      await step(page, 1);
      await settled(page);
      assert.deepEqual(await page.evaluate(() => window.progress), []);
      return;
    }
    const progress = await eventually(() => page.evaluate(() => window.progress), (seen) => assert.equal(seen.at(-1), 1));
    assert.equal(progress[0], 0);
    assert.deepEqual(progress, progress.toSorted((a, b) => a - b));
  });
}

for (const motion of /** @type {const} */ (['no-preference', 'reduce'])) {
  pageTest(`at a step a pulse runs back over the network strip, motion ${motion}`, { path: 'embed.html#depth=6&charts=signals&controls=none', motion }, async (page) => {
    await ready(page);
    // There is a strip once the chart knows its size.
    await settled(page);
    // Where the pulse goes: from the last cell of the strip to the first.
    const seen = await page.evaluate(async () => {
      const { shadowRoot } = document.querySelector('gradient-flow');
      await document.querySelector('gradient-flow').step(1);
      const [animation] = shadowRoot.querySelector('.pulse')?.getAnimations() ?? [];
      if (!animation) return undefined;
      const plot = shadowRoot.querySelector('.plot').getBoundingClientRect();
      const [from, to] = [animation.effect.getKeyframes().at(0).transform, animation.effect.getKeyframes().at(-1).transform];
      const pulse = animation.effect.target.getBoundingClientRect();
      return { from: parseFloat(from.slice('translateX('.length)) / plot.width, to, isInside: pulse.top > plot.top + plot.height / 2 && pulse.bottom <= plot.bottom };
    });
    if (motion === 'reduce') assert.equal(seen, undefined);
    else assert.deepEqual([seen.from > 0.5 && seen.from < 1, seen.to, seen.isInside], [true, 'none', true]);
  });
}

for (const viewport of [{ width: 390, height: 844 }, { width: 320, height: 568 }]) {
  pageTest(`the settings of a phone leave the main chart in sight, ${viewport.width}`, { viewport }, async (page) => {
    await ready(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await settled(page);
    const [plot, controls, bar] = await Promise.all(['figure[data-chart="signals"] .plot', '.controls', '.bar'].map((selector) => page.locator(selector).boundingBox()));
    assert.ok(Math.min(plot.y + plot.height, controls.y) - plot.y >= 90, `of the chart ${controls.y - plot.y} px are seen`);
    assert.ok(controls.y + controls.height <= bar.y + 1 && controls.height >= 150, 'the settings have their own row');
    await picture(page, `face-settings-${viewport.width}`);
    // The chart follows while a slider moves.
    const before = await page.locator('figure[data-chart="signals"] canvas').evaluate((canvas) => canvas.toDataURL());
    await rebuild(page, () => page.getByRole('slider', { name: 'Depth' }).press('ArrowUp'));
    await eventually(() => page.locator('figure[data-chart="signals"] canvas').evaluate((canvas) => canvas.toDataURL()), (now) => assert.notEqual(now, before));
  });
}

pageTest('charts are chosen by the question that they answer', {}, async (page) => {
  await ready(page);
  const group = page.getByRole('group', { name: 'Does it learn?' });
  assert.deepEqual(await group.getByRole('button').allTextContents(), ['loss', 'updates', 'step line', 'norms', 'map']);
  await group.getByRole('button', { name: 'updates' }).click();
  await page.locator('figure[data-chart="updates"]').waitFor();
  await reset(page);
});
