/** The views that tell why: opened on demand, one selected layer for all, a pinned run beneath, and the way back. */
import assert from 'node:assert/strict';
import { config, eventually, pictures, ready, rebuild, reset, snapshot, step, still, until } from './lab.mjs';
import { pageTest } from './site.mjs';

const MORE = ['fixes', 'factors', 'saturation', 'updates', 'step-line', 'norms', 'boundary', 'weights'];

const shown = (page) =>
  page.evaluate(() => Array.from(document.querySelector('gradient-flow').shadowRoot.querySelectorAll('figure'), (figure) => figure.dataset.chart));

const note = (page, chart) => page.locator(`figure[data-chart="${chart}"] .note`);

/** Waits until a chart's line says so: it is written when the chart is next drawn. */
const says = (page, chart, words) => note(page, chart).filter({ hasText: words }).waitFor();

/** The rows of a chart's table. */
async function table(page, chart) {
  const figure = page.locator(`figure[data-chart="${chart}"]`);
  await figure.getByRole('button', { name: 'Show as a table' }).click();
  const rows = await figure.locator('tbody tr').evaluateAll((all) => all.map((row) => Array.from(row.cells, (cell) => cell.textContent)));
  await figure.getByRole('button', { name: 'Show as a table' }).click();
  return rows;
}

pageTest('every view opens from the row of views, tells itself in words and a table, and is in the address', { path: '#depth=5' }, async (page) => {
  await ready(page);
  await step(page, 3);
  assert.deepEqual(await shown(page), ['signals', 'history', 'histograms', 'loss']);
  for (const id of MORE) await page.locator('.view', { hasText: id.replace('-', ' ') }).click();
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.weights.w.length > 0);
  assert.deepEqual((await shown(page)).slice(4), MORE);
  await page.waitForFunction(() => location.hash.includes('step-line'));
  const seen = await snapshot(page);
  assert.ok(seen.step_line.t.length > 0 && seen.predictions.confusion.length === 100);
  const drawn = await pictures(page);
  assert.equal(new Set(MORE.map((id) => drawn[id])).size, MORE.length, 'every view has a picture of its own');
  for (const id of MORE) {
    await says(page, id, /\S/);
    await eventually(() => table(page, id), (rows) => assert.ok(rows.length > 0, `${id} has a table`));
    const help = page.locator(`figure[data-chart="${id}"]`).getByRole('button', { name: 'What am I looking at?' });
    await help.click();
    await page.locator(`figure[data-chart="${id}"] .help`).waitFor();
    await help.click();
  }
  // Closing all of them leaves the usual ones, and an address without charts.
  for (const id of MORE) await page.locator('.view', { hasText: id.replace('-', ' ') }).click();
  await page.waitForFunction(() => !location.hash.includes('charts'));
  assert.deepEqual(await shown(page), ['signals', 'history', 'histograms', 'loss']);
});

for (const query of ['depth=8&norm=batch&activation=relu&residual=true', 'depth=8', 'depth=8&norm=layer&activation=tanh&init-gain=2']) {
  pageTest(`the factors' product is the step of delta: ${query}`, { path: `#${query}&charts=factors` }, async (page) => {
    await ready(page);
    const { layers } = await step(page, 2);
    for (let l = 0; l < 8; l += 1) {
      const product = layers.weight_factor[l] * layers.residual_factor[l] * layers.activation_factor[l] * layers.norm_factor[l];
      const step = layers.delta_rms[l] / layers.delta_rms[l + 1];
      assert.ok(Math.abs(product / step - 1) < 1e-6, `layer ${l + 1}: ${product} is not ${step}`);
    }
    await eventually(() => table(page, 'factors'), (rows) => assert.equal(rows.length, 8));
  });
}

pageTest('a click selects a layer in all charts, arrow keys another, Escape none', { path: '#depth=8&width=16&charts=signals+saturation+weights+histograms' }, async (page) => {
  await ready(page);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.weights.w.length > 0);
  const before = await pictures(page);
  const canvas = page.locator('figure[data-chart="signals"] canvas');
  const { width, height } = await canvas.boundingBox();
  // The names of the lines stand in the right third.
  await canvas.click({ position: { x: 0.42 * width, y: height / 2 } });
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.weights.shape[0] === 4);
  await says(page, 'weights', /^Layer 5 has 16 inputs and 16 units\./);
  await says(page, 'saturation', /^Layer 5:/);
  const selected = await pictures(page);
  for (const chart of ['signals', 'saturation', 'weights', 'histograms']) assert.notEqual(selected[chart], before[chart], chart);
  await canvas.focus();
  await page.mouse.move(0, 0);
  await canvas.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.weights.shape[0] === 0);
  await says(page, 'saturation', /^Layer 1:/);
  await canvas.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.weights.shape[0] === 1);
  // A network without the selected layer lets it go; one that has it keeps it.
  await rebuild(page, () => page.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 3 })));
  await says(page, 'saturation', /^Layer 2:/);
  await canvas.press('Escape');
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.weights.shape[0] === 0);
  await says(page, 'weights', /Click a layer/);
  await canvas.click({ position: { x: 0.5 * width, y: height / 2 } });
  await says(page, 'saturation', /^Layer 3:/);
  await rebuild(page, () => page.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 1 })));
  await says(page, 'weights', /Click a layer/);
});

pageTest('a fix pins the run first: both stand in the same charts, and what differs is listed', { path: '#depth=12&width=32' }, async (page) => {
  await ready(page);
  const before = await step(page, 20);
  // Which is the first depends on how far the trials are; this one is there from the beginning to the end.
  await page.locator('.fix', { hasText: 'ReLU + He' }).click();
  // It runs by itself.
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.layers.dw_rms[0] > 1e-6);
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
  const list = page.locator('.differences');
  await list.filter({ hasText: 'Activation Sigmoid → ReLU, Initial weights Xavier uniform → He normal' }).waitFor();
  assert.equal((await config(page)).seed, 1, 'the same seed, the same minibatches');
  const live = await step(page, 1);
  assert.ok(live.layers.dw_rms[0] > 1e3 * before.layers.dw_rms[0], 'the fix helps');
  const compared = await pictures(page);
  await page.getByRole('button', { name: 'Remove the kept run' }).click();
  const alone = await pictures(page);
  for (const chart of ['signals', 'history', 'histograms', 'loss']) assert.notEqual(alone[chart], compared[chart], `${chart} showed the pinned run`);
  await list.waitFor({ state: 'hidden' });
  // By the key, too.
  await page.evaluate(() => document.querySelector('gradient-flow').pin());
  await eventually(() => list.textContent(), (text) => assert.equal(text, 'Compared with the kept run (dotted): all settings are the same.'));
});

pageTest('the scrubber takes all charts back, and running goes on from the end', { path: '#depth=6&width=16' }, async (page) => {
  await ready(page);
  const start = await table(page, 'signals');
  for (let i = 0; i < 10; i += 1) await step(page, 3);
  const end = await table(page, 'signals');
  assert.notDeepEqual(end, start);
  const scrubber = page.getByRole('slider', { name: 'Go back to a step' });
  await eventually(() => scrubber.evaluate(({ value, max }) => [value, max]), (seen) => assert.deepEqual(seen, ['30', '64'], 'where the axis has the step'));
  const now = await pictures(page);
  await scrubber.press('Home');
  await eventually(() => table(page, 'signals'), (rows) => assert.deepEqual(rows, start, 'the numbers of step 0'));
  await says(page, 'history', /Viewing step 0 of 30\./);
  await page.locator('.headline').filter({ hasText: 'Viewing step 0 of' }).waitFor();
  const back = await pictures(page);
  for (const chart of ['signals', 'history', 'histograms', 'loss']) assert.notEqual(back[chart], now[chart], chart);
  await scrubber.press('ArrowRight');
  await scrubber.press('ArrowRight');
  await scrubber.press('ArrowRight');
  await says(page, 'history', /Viewing step 3 of 30\./);
  await page.keyboard.press('End');
  await eventually(() => table(page, 'signals'), (rows) => assert.deepEqual(rows, end));
  await scrubber.press('Home');
  const on = await step(page, 1);
  assert.equal(on.step, 31, 'the run has lost nothing');
  await note(page, 'history').filter({ hasText: 'Viewing' }).waitFor({ state: 'detached' });
  await eventually(() => page.locator('.headline').textContent(), (text) => assert.doesNotMatch(text, /Viewing step/));
});

pageTest('in the plane the view follows the learning', { path: '#data=circle&activation=tanh&depth=3&width=16&charts=boundary' }, async (page) => {
  await ready(page);
  const before = await pictures(page);
  const learned = await step(page, 400);
  const { surface, x, label } = learned.predictions;
  assert.deepEqual([surface.length, x.length, new Set(label).size], [48 * 48, 500, 2]);
  assert.ok(surface.some((share) => share > 0.9) && surface.some((share) => share < 0.1), 'it tells the classes apart');
  assert.notEqual((await pictures(page)).boundary, before.boundary);
  await says(page, 'boundary', /^(9\d|100)\.\d % of the test samples are correct at step 400 \(guessing: 50 %\)\./);
});

pageTest('the step line tells a step that crawls from one that overshoots', { path: '#depth=2&activation=relu&init=he_normal&learning-rate=1e-4&charts=step-line' }, async (page) => {
  await ready(page);
  const said = async (rate, words) => {
    await page.evaluate((learning_rate) => (document.querySelector('gradient-flow').config = { learning_rate }), rate);
    await reset(page);
    const { stability_limit, curvature } = await step(page, 1);
    await says(page, 'step-line', words);
    return { stability_limit, curvature };
  };
  const crawls = await said(1e-4, /the lowest point is still far away/);
  // Plain gradient descent: the rate at which the step climbs is 2 / curvature.
  assert.ok(Math.abs((crawls.stability_limit * crawls.curvature) / 2 - 1) < 1e-3, `${crawls.stability_limit} ${crawls.curvature}`);
  await said(3, /overshot: it raised the loss/);
});

pageTest('the diagnosis names its evidence and since when, offers fixes with what they do, and is an event', {
  // Small enough to have fixes tried on a slow machine.
  path: '#depth=20&width=32&activation=relu&init=lecun_normal',
}, async (page) => {
  await ready(page);
  await page.locator('.headline').filter({ hasText: 'Hidden vanishing' }).waitFor();
  await page.locator('.text').filter({ hasText: /Each ReLU layer passes back 67 %/ }).waitFor();
  await page.getByRole('button', { name: 'Why?' }).click();
  await page.locator('.evidence').filter({ hasText: /weights × \d\.\d\d, slope × 0\.\d\d.*ReLU keeps the signal's size at 1\.41\. Since step 0\./ }).waitFor();
  const fixes = page.locator('.fix');
  await eventually(() => fixes.allTextContents(), (labels) => assert.ok(labels.length > 0 && labels.every((label) => /^.+ → \d+ %$/.test(label)), labels.join()));
  await page.locator('.notes dd').first().filter({ hasText: /^[A-Z].*\d+ % after 200 steps \(guessing: 10 %\)\. Sets .* = / }).waitFor();
  await page.evaluate(() => {
    window.found = [];
    document.addEventListener('gradient-flow-diagnosis', (event) => window.found.push(event.detail.kind));
  });
  await fixes.first().click();
  await page.waitForFunction(() => window.found.includes('healthy'));
});

pageTest('a fix begins anew, even where the rate alone changes', { path: '#depth=5&activation=relu&init=he_normal&learning-rate=10' }, async (page) => {
  await ready(page);
  await step(page, 30);
  const overflow = page.locator('.headline').filter({ hasText: 'Overflow' });
  await overflow.waitFor();
  await page.getByRole('button', { name: 'Learning rate 0.08' }).click();
  await page.waitForFunction(() => {
    const { snapshot } = document.querySelector('gradient-flow');
    return !snapshot.first_nonfinite && snapshot.step > 20 && snapshot.train_loss < 1;
  });
});

pageTest('a chart that is scrolled out of sight is drawn now and then, and when it is seen', { path: '#depth=3&width=8&data=circle&speed=max&trials=off', viewport: { width: 390, height: 700 } }, async (page) => {
  await ready(page);
  await page.evaluate(async () => {
    const { wasm } = await import(`${window.ASSETS}shared/wasm.js`);
    const { draw } = wasm.Charts.prototype;
    window.draws = {};
    window.times = [];
    wasm.Charts.prototype.draw = function (id, ...rest) {
      window.draws[id] = (window.draws[id] ?? 0) + 1;
      if (id === 'loss') window.times.push(performance.now());
      return draw.call(this, id, ...rest);
    };
    document.querySelector('gradient-flow').run();
  });
  await until(page, () => window.draws.signals > 20 && window.times.length > 7);
  // Once in 400 ms, and when the run begins and the verdict is followed: a busy machine draws what is seen hardly more often.
  const times = await page.evaluate(() => window.times);
  assert.ok(times.length <= 3 + (times.at(-1) - times[0]) / 400, `${times}`);
  // What is the last picture of the run is drawn of all.
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
  const loss = () => pictures(page).then((pictures) => pictures.loss);
  const last = await still(loss);
  await page.evaluate(() => document.querySelector('gradient-flow').shadowRoot.querySelector('[data-chart="loss"]').scrollIntoView());
  assert.equal(await still(loss), last);
  await page.evaluate(() => (window.draws = {}));
  await page.evaluate(() => document.querySelector('gradient-flow').run());
  await until(page, () => window.draws.loss > 20);
});
