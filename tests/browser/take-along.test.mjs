/** What a student takes along: the history, the charts, the run as a PyTorch script. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ready, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const SMALL = '#depth=3&width=8&activation=tanh&data=iris';

/** @param {import('playwright-core').Page} page */
const toCSV = (page) => page.evaluate(() => document.querySelector('gradient-flow').toCSV());
/** @param {string} csv */
const cells = (csv) => csv.trimEnd().split('\n').map((line) => line.split(','));

pageTest('the history is every step with every layer, as CSV and JSON', { path: SMALL }, async (page) => {
  await ready(page);
  await step(page, 7);
  const { layers, train_loss, grad_norm, test_loss, test_accuracy } = await step(page, 30);
  const [header, ...rows] = cells(await toCSV(page));
  assert.deepEqual(header, ['step', 'train_loss', 'grad_norm', 'clip_coefficient', 'learning_rate', 'test_loss', 'test_accuracy', 'dw_rms_1', 'dw_rms_2', 'dw_rms_3', 'dw_rms_4']);
  assert.deepEqual(rows.map(([step]) => Number(step)), Array.from({ length: 38 }, (_, step) => step));
  const last = /** @type {string[]} */ (rows.at(-1)).map(Number);
  assert.deepEqual(last.slice(7).map(Math.fround), layers.dw_rms);
  assert.deepEqual(last.slice(1, 3).map(Math.fround), [train_loss, grad_norm].map(Math.fround));
  assert.deepEqual(last.slice(3, 7), [1, 0.1, test_loss, test_accuracy]);
  assert.equal(rows[0][4], '', 'no update led to step 0');
  assert.deepEqual(rows[9].slice(5, 7), ['', ''], 'nobody looked at the test part there');
  assert.ok(rows.flat().every((cell) => cell.length < 22), 'no digits that a float32 does not have');

  const told = await page.evaluate(() => JSON.stringify(document.querySelector('gradient-flow')));
  const { config, query, history, tests, layers: statistics, classes, first_nonfinite } = JSON.parse(told);
  assert.deepEqual([config.depth, query, classes.length, first_nonfinite], [3, SMALL.slice(1).replace('&data', '&data'), 3, null]);
  assert.deepEqual(history.dw_rms, rows.map((row) => row.slice(7).map(Number)));
  assert.deepEqual(history.train_loss, rows.map((row) => Number(row[1])));
  assert.deepEqual(history.learning_rate, [null, ...Array(37).fill(0.1)]);
  assert.deepEqual(tests.map((test) => test.step), [0, 7, 37]);
  assert.deepEqual(statistics.a_rms.map(Math.fround), layers.a_rms);
});

pageTest('a rate changed on a paused run is the rate of the updates after it alone', { path: `${SMALL}&charts=step-line` }, async (page) => {
  await ready(page);
  const before = await step(page, 5);
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { learning_rate: 1 }));
  const paused = await step(page, 0);
  assert.deepEqual([paused.learning_rate, paused.stability_limit], [0.1, before.stability_limit], 'the last step was made at the old rate');
  assert.equal((await step(page, 1)).learning_rate, 1);
  const rates = cells(await toCSV(page)).slice(1).map((row) => row[4]);
  assert.deepEqual(rates, ['', '0.1', '0.1', '0.1', '0.1', '0.1', '1']);
});

pageTest('a new run has a history of its own', { path: SMALL }, async (page) => {
  await ready(page);
  await step(page, 5);
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step === 0);
  assert.equal(cells(await toCSV(page)).length, 2);
});

pageTest('an overflow is told as what it is', { path: '#depth=8&width=16&activation=linear&init=normal&init-gain=100&data=iris&loss=mse&learning-rate=100' }, async (page) => {
  await ready(page);
  await step(page, 20);
  const csv = await toCSV(page);
  assert.match(csv, /\b(inf|nan)\b/);
  const { history, first_nonfinite } = await page.evaluate(() => JSON.parse(JSON.stringify(document.querySelector('gradient-flow'))));
  assert.ok(first_nonfinite.layer >= 1);
  assert.ok([history.train_loss, history.dw_rms].flat(3).some((value) => ['Infinity', 'NaN'].includes(value)));
});

pageTest('a history of any length stays within its memory and true', { path: SMALL }, async (page) => {
  await ready(page);
  // So many layers that an odd and an even number of rows fill the memory.
  for (const layers of [97, 96]) {
    const seen = await page.evaluate(async (layers) => {
      const { StepRecord } = await import(`${window.ASSETS}training/step-record.js`);
      const record = new StepRecord();
      const steps = 1000;
      for (let last = steps - 1; last < 300_000; last += steps) {
        const entry = (i) => last - steps + 1 + i;
        const log = {
          train_loss: Float32Array.from({ length: steps }, (_, i) => entry(i)),
          grad_norm: new Float32Array(steps),
          clip_coefficient: new Float32Array(steps),
          learning_rate: new Float32Array(steps),
          dw_rms: Float32Array.from({ length: steps * layers }, (_, i) => entry(Math.floor(i / layers))),
        };
        record.push({ step: last, log, layers: { dw_rms: new Float32Array(layers) }, test_step: last, test_loss: 1, test_accuracy: 1 });
      }
      const { step, train_loss, dw_rms } = record.history();
      return { step, train_loss, first: dw_rms.map((row) => row[0]), width: dw_rms[0].length, tests: record.evaluations.length };
    }, layers);
    const stride = seen.step[1];
    assert.equal(stride, 4);
    assert.deepEqual(seen.step, Array.from({ length: 75_000 }, (_, i) => i * 4));
    assert.deepEqual(seen.train_loss, seen.step);
    assert.deepEqual(seen.first, seen.step);
    assert.equal(seen.width, layers);
  }
});

pageTest('looks at the test part are kept over the whole of a run of any length', { path: SMALL }, async (page) => {
  await ready(page);
  const steps = await page.evaluate(async () => {
    const { StepRecord } = await import(`${window.ASSETS}training/step-record.js`);
    const record = new StepRecord();
    const log = { train_loss: new Float32Array(1), grad_norm: new Float32Array(1), clip_coefficient: new Float32Array(1), learning_rate: new Float32Array(1), dw_rms: new Float32Array(1) };
    for (let step = 0; step < 100_000; step += 1) {
      record.push({ step, log, layers: { dw_rms: new Float32Array(1) }, test_step: step, test_loss: 1, test_accuracy: 1 });
    }
    return record.evaluations.map((test) => test.step);
  });
  assert.ok(steps.length > 4000 && steps.length <= 10_000, `${steps.length} looks`);
  assert.equal(steps[0], 0);
  const gaps = steps.slice(1).map((step, i) => step - steps[i]);
  assert.ok(Math.min(...gaps) >= 8 && Math.max(...gaps) <= 64, `${Math.min(...gaps)} to ${Math.max(...gaps)} steps apart`);
});

pageTest('every chart is an SVG document and a PNG image', { path: `${SMALL}&charts=signals%20boundary` }, async (page) => {
  await ready(page);
  await step(page, 5);
  const told = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const told = [];
    for (const { id } of lab.schema.charts.filter(({ lazy }) => !lazy)) {
      const svg = new DOMParser().parseFromString(lab.toSVG(id, 640, 300), 'image/svg+xml').documentElement;
      const image = await createImageBitmap(await lab.toPNG(id, 640, 300));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const colours = new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
      told.push({ id, tag: svg.tagName, width: svg.getAttribute('width'), size: [image.width, image.height], colours });
    }
    return told;
  });
  assert.equal(told.length, 12);
  for (const { id, tag, width, size, colours } of told) {
    assert.deepEqual([tag, width, size], ['svg', '640', [1280, 600]], id);
    assert.ok(colours > 2, `${id} shows something`);
  }
  const refused = await page.evaluate(() => document.querySelector('gradient-flow').toPNG('pie').catch((error) => error.message));
  assert.match(refused, /chart cannot be pie. Allowed: one of signals/);
});

for (const [query, changes, steps] of /** @type {const} */ ([
  ['depth=3&width=8&activation=prelu&norm=batch&residual=true&optimizer=nesterov&data=circle&noise=0.1', [], 6],
  ['depth=4&width=16&data=digits&activation=relu&init=he_normal', [[3, 'learning-rate=0.05'], [5, 'clip=norm&clip-at=0.5']], 8],
])) {
  pageTest(`the page's PyTorch script is the one that PyTorch has run: ${query}`, { path: `#${query}` }, async (page) => {
    await ready(page);
    let at = 0;
    for (const [when, change] of changes) {
      await step(page, when - at);
      at = when;
      await page.evaluate((patch) => (document.querySelector('gradient-flow').config = patch), Object.fromEntries([...new URLSearchParams(change)].map(([name, value]) => [name.replaceAll('-', '_'), value])));
    }
    await step(page, steps - at);
    const script = await page.evaluate(() => document.querySelector('gradient-flow').toPyTorch());
    const folder = await mkdtemp(join(tmpdir(), 'gradient-flow-'));
    execFileSync(process.env.NATIVE_PYTORCH ?? '', [folder], { input: ['run', query, steps, ...changes.flat()].join(' ') });
    assert.equal(script, await readFile(join(folder, 'run.py'), 'utf8'));
  });
}

pageTest('what PyTorch refuses is refused', { path: `${SMALL}&norm=batch&batch-size=1` }, async (page) => {
  await ready(page);
  const refused = await page.evaluate(() => document.querySelector('gradient-flow').toPyTorch().catch(({ name, field, message }) => ({ name, field, message })));
  assert.deepEqual([refused.name, refused.field], ['ConfigError', 'batch_size']);
  assert.match(refused.message, /batch norm takes no minibatch of one sample/);
});

for (const [viewport, scheme] of /** @type {const} */ ([[undefined, 'light'], [{ width: 390, height: 844 }, 'dark']])) {
  pageTest(`a quiet menu saves them as files, ${scheme}`, { path: SMALL, viewport, scheme }, async (page) => {
    await ready(page);
    await step(page, 3);
    // A phone's bar has no room for it.
    if (viewport) await page.getByRole('button', { name: 'Settings' }).press('Enter');
    await page.getByRole('button', { name: 'Export' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.waitFor();
    await picture(page, `take-along-${scheme}`);
    /** @param {string} name */
    const saved = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name }).press('Enter')]);
      return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
    };
    const csv = await saved('Save the history as CSV');
    assert.deepEqual([csv.name, csv.content.toString()], ['gradient-flow.csv', await toCSV(page)]);
    const json = await saved('Save the history as JSON');
    assert.equal(JSON.parse(json.content.toString()).history.step.length, 4);
    const script = await saved('Save the run as a PyTorch script');
    assert.equal(script.name, 'gradient_flow_run.py');
    assert.match(script.content.toString(), /^#!\/usr\/bin\/env python3/);
    await dialog.getByRole('combobox', { name: 'Chart' }).selectOption('loss');
    const svg = await saved('Save the chart as SVG');
    assert.equal(svg.name, 'gradient-flow-loss.svg');
    assert.match(svg.content.toString(), /^<svg/);
    const png = await saved('Save the chart as PNG');
    assert.deepEqual([png.name, png.content.subarray(1, 4).toString()], ['gradient-flow-loss.png', 'PNG']);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal((await step(page, 0)).step, 3, "the laboratory's keys were not pressed");
  });
}
