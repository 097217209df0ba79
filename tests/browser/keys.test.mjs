/** Keys do what they say wherever the focus is, and the focus is never lost. */
import assert from 'node:assert/strict';
import { eventually, ready, rebuild, settled, step, tried } from './lab.mjs';
import { pageTest } from './site.mjs';

/** What has the focus: its class, or else its kind. @param {import('playwright-core').Page} page */
const focused = (page) =>
  page.evaluate(() => {
    const lab = document.querySelector('gradient-flow');
    const element = lab.shadowRoot.activeElement ?? document.activeElement;
    return element.classList[0] ?? element.id ?? element.localName;
  });

const running = (page) => page.evaluate(() => document.querySelector('gradient-flow').running);
const readout = (page, chart) => page.locator(`figure[data-chart="${chart}"] .readout`).textContent();
const runs = (page) => page.waitForFunction(() => document.querySelector('gradient-flow').running);
const pauses = (page) => page.waitForFunction(() => !document.querySelector('gradient-flow').running);

pageTest('an arrow key moves one layer, also while it runs', { path: '#depth=10&width=16&speed=max' }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const canvas = page.locator('figure[data-chart="signals"] canvas');
  await canvas.focus();
  await page.mouse.move(0, 0);
  const selected = () => page.evaluate(() => document.querySelector('gradient-flow').snapshot.weights.shape[0]);
  for (let layer = 1; layer <= 10; layer += 1) {
    await canvas.press('ArrowRight');
    assert.match(await readout(page, 'signals'), new RegExp(`^layer ${layer}[^0-9]`, 'i'));
  }
  await canvas.press('ArrowLeft');
  assert.match(await readout(page, 'signals'), /^layer 9/i);
  await canvas.press('Home');
  assert.match(await readout(page, 'signals'), /^layer 1[^0-9]/i);
  await canvas.press('End');
  assert.match(await readout(page, 'signals'), /^output layer/i);
  assert.equal(await running(page), true);
  assert.equal(await selected(), undefined, 'no weights are asked for');
});

pageTest('from the start, and on sliders and buttons, keys are for the laboratory', { path: '#depth=3&width=8' }, async (page) => {
  await ready(page);
  assert.equal(await focused(page), 'gradient-flow-page');
  await page.keyboard.press(' ');
  await runs(page);
  await page.keyboard.press(' ');
  await pauses(page);
  const slider = page.getByRole('slider', { name: 'Depth' });
  await slider.press(' ');
  await runs(page);
  await slider.press(' ');
  await pauses(page);
  // Space on a button presses it; letters are for the laboratory.
  const button = page.getByRole('button', { name: 'Step', exact: true });
  // The pause is answered before it.
  const { step: before } = await step(page, 0);
  await button.press(' ');
  await page.waitForFunction((step) => document.querySelector('gradient-flow').snapshot.step === step + 1, before);
  assert.equal(await running(page), false);
  await button.press('s');
  await page.waitForFunction((step) => document.querySelector('gradient-flow').snapshot.step === step + 2, before);
  // In a text field it is a letter.
  await page.getByRole('textbox', { name: 'Depth' }).press('s');
  await page.getByRole('textbox', { name: 'Depth' }).press(' ');
  assert.deepEqual([await running(page), (await step(page, 0)).step], [false, before + 2]);
  assert.match(await page.getByRole('textbox', { name: 'Depth' }).inputValue(), /s /);
});

pageTest('r loses no run, and letters can be turned off', { path: '#depth=3&width=8' }, async (page) => {
  await ready(page);
  await step(page, 7);
  await rebuild(page, () => page.keyboard.press('r'));
  await page.locator('.differences').filter({ hasText: 'all settings are the same' }).waitFor();
  assert.match(await page.evaluate(() => document.querySelector('gradient-flow').toSVG('loss')), /kept|dotted|stroke/);
  // The kept run stays that of the seven steps.
  await page.keyboard.press('p');
  await page.locator('.differences').waitFor({ state: 'hidden' });
  await page.evaluate(() => (document.querySelector('gradient-flow').keys = 'off'));
  await step(page, 2);
  for (const key of ['r', 's', 'p']) await page.keyboard.press(key);
  assert.equal((await step(page, 0)).step, 2);
  assert.equal(await page.locator('.differences').isVisible(), false);
  await page.keyboard.press(' ');
  await runs(page);
  await page.waitForFunction(() => location.hash.includes('keys=off'));
});

pageTest('while looking back, all numbers are those of the step, Escape and Space go on from the latest', { path: '#depth=6&width=16' }, async (page) => {
  await ready(page);
  const bar = () => page.locator('.readouts').evaluate((list) => Array.from(list.querySelectorAll('b'), (b) => b.textContent));
  const start = await bar();
  for (let i = 0; i < 10; i += 1) await step(page, 3);
  await eventually(bar, ([shown]) => assert.equal(shown, '30'));
  const end = await bar();
  assert.notDeepEqual(end.slice(1), start.slice(1));
  const scrubber = page.getByRole('slider', { name: 'Go back to a step' });
  await scrubber.press('Home');
  await eventually(bar, (shown) => assert.deepEqual(shown, start));
  await scrubber.press('Escape');
  await eventually(bar, (shown) => assert.deepEqual(shown, end));
  assert.equal(await scrubber.inputValue(), '30');
  await scrubber.press('Home');
  await eventually(bar, (shown) => assert.deepEqual(shown, start));
  await scrubber.press(' ');
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 30);
  await eventually(bar, ([shown]) => assert.ok(Number(shown) > 30));
});

pageTest("the scrubber's thumb is under the step that the chart has there", { path: '#depth=6&width=16' }, async (page) => {
  await ready(page);
  await step(page, 40);
  const scrubber = page.getByRole('slider', { name: 'Go back to a step' });
  await eventually(() => scrubber.inputValue(), (value) => assert.equal(value, '40'));
  // It lies under the axis once that has been drawn.
  await settled(page);
  const [canvas, slider] = [await page.locator('figure[data-chart="history"] canvas').boundingBox(), await scrubber.boundingBox()];
  const thumb = 24;
  const x = slider.x + thumb / 2 + ((slider.width - thumb) * 20.5) / 64;
  await page.mouse.move(x, canvas.y + canvas.height / 2);
  await eventually(() => readout(page, 'history'), (text) => assert.match(text, /^step (20|21)\b/i));
  assert.ok(slider.height >= 24);
  await page.mouse.click(x, slider.y + slider.height / 2);
  await page.locator('.headline').filter({ hasText: /Viewing step (20|0|40) of 40/ }).waitFor();
  assert.ok(Math.abs(Number(await scrubber.inputValue()) - 20) <= 1);
});

pageTest('the focus is never lost', { path: '#depth=12&width=16', viewport: { width: 1280, height: 800 } }, async (page) => {
  await ready(page);
  await step(page, 5);
  const at = (expected) => eventually(() => focused(page), (found) => assert.equal(found, expected));
  // One that is replaced while it has the focus gives that away.
  await tried(page);
  await page.locator('.fix').first().press('Enter');
  await at('status');
  await page.getByRole('button', { name: 'Remove the kept run' }).press('Enter');
  await at('pin');
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
  await page.getByRole('button', { name: 'Depth: back to' }).press('Enter');
  await at('number');
  // Help and table: opened, the focus is in them; Escape gives it back.
  const figure = page.locator('figure[data-chart="signals"]');
  for (const [name, place] of [['What am I looking at?', 'help'], ['Show as a table', 'table']]) {
    const button = figure.getByRole('button', { name });
    await button.press('Enter');
    await at(place);
    assert.equal(await figure.locator(`.${place}`).isVisible(), true);
    await page.keyboard.press('Escape');
    await figure.locator(`.${place}`).waitFor({ state: 'hidden' });
    await at('small');
    assert.equal(await button.evaluate((element) => element.matches(':focus')), true);
  }
  // One covers the chart at a time, and nothing beneath it takes the focus.
  await figure.getByRole('button', { name: 'What am I looking at?' }).press('Enter');
  await figure.getByRole('button', { name: 'Show as a table' }).press('Enter');
  assert.deepEqual([await figure.locator('.help').isVisible(), await figure.locator('.table').isVisible()], [false, true]);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await at('table');
  // Escape closes it wherever the focus is.
  await page.getByRole('slider', { name: 'Depth' }).press('Escape');
  await figure.locator('.table').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Depth: What is this?' }).press('Enter');
  await page.keyboard.press('Escape');
  await page.locator('#gf-depth-help').waitFor({ state: 'hidden' });
  await at('small');
  // Back to the latest step, by its button.
  await step(page, 5);
  await page.getByRole('slider', { name: 'Go back to a step' }).press('Home');
  const latest = page.getByRole('button', { name: 'Back to latest' });
  await latest.waitFor();
  await latest.press('Enter');
  await at('status');
  // A message that is closed.
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 1000 }));
  await page.getByRole('button', { name: 'Close this message' }).press('Enter');
  await at('status');
  for (const name of ['Share this experiment', 'Export']) {
    const button = page.getByRole('button', { name });
    await button.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(() => button.evaluate((element) => element.matches(':focus')), assert.ok);
  }
});

pageTest('fixes that come and go under the focus do not take it along', { path: '#depth=12&width=16' }, async (page) => {
  await ready(page);
  await tried(page);
  const fix = await page.locator('.fix').first().elementHandle();
  await fix.focus();
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { activation: 'relu', init: 'lecun_normal' }));
  await eventually(() => fix.evaluate((element) => element.isConnected), (isThere) => assert.equal(isThere, false));
  assert.equal(await focused(page), 'status');
});

pageTest("the phone's sheet takes the focus, and Escape closes it", { viewport: { width: 390, height: 844 }, path: '#depth=3&width=8' }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Settings' }).press('Enter');
  await eventually(() => focused(page), (found) => assert.equal(found, 'controls'));
  await page.keyboard.press('Escape');
  await page.locator('.controls').waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'settings');
  assert.equal(await page.getByRole('button', { name: 'Settings' }).getAttribute('aria-expanded'), 'false');
});
