/** The view `map`: a pool of workers measures trainability over two settings, with the numbers of the native core. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { config, eventually, ready, settled } from './lab.mjs';
import { openAfresh, pageTest, picture } from './site.mjs';

const SETTINGS = 'data=circle&width=8&activation=tanh&learning-rate=0.5';
const MAP = 'map=init-gain:0.1..10,depth:1..12,cells:9x9,steps:40';
const PATH = `#${SETTINGS}&charts=map&${MAP}`;

const figure = (page) => page.locator('figure[data-chart="map"]');
const canvas = (page) => figure(page).locator('canvas');
const button = (page, name) => figure(page).getByRole('button', { name, exact: true });
const progress = (page) => page.locator('.map-progress').textContent();
const mapWorkers = (page) => page.workers().filter((worker) => worker.url().includes('views/map/'));
const complete = (page) => eventually(() => progress(page), (text) => assert.match(text, /^Complete: \d+ runs\.$/));

/** @param {import('playwright-core').Page} page */
async function opened(page) {
  await ready(page);
  await button(page, 'Measure').waitFor();
}

/** A file that a button saves. @param {import('playwright-core').Page} page @param {string} name */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readFile(await download.path());
}

/** The middle of a cell, on the screen. @param {import('playwright-core').Page} page @param {RegExp} wanted What is read there. */
async function find(page, wanted) {
  // Its line of words may take another one, which moves the picture.
  await settled(page);
  const box = await canvas(page).boundingBox();
  for (let row = 0; row < 9; row += 1) {
    for (let column = 0; column < 9; column += 1) {
      const at = { x: box.x + 50 + ((column + 0.5) / 9) * (box.width - 130), y: box.y + 25 + ((row + 0.5) / 9) * (box.height - 70) };
      await page.mouse.move(at.x, at.y);
      if (wanted.test(await figure(page).locator('.readout').textContent())) return at;
    }
  }
  throw new Error(`no cell reads ${wanted}`);
}

pageTest('a map is measured when its reader asks, with the numbers of the native core, and saved', { path: PATH }, async (page) => {
  await opened(page);
  assert.equal(mapWorkers(page).length, 0, 'nothing is trained before');
  await eventually(() => figure(page).locator('.note').textContent(), (text) => assert.match(text, /Nothing is trained before you press Measure/));
  await button(page, 'Measure').click();
  await complete(page);
  await eventually(async () => mapWorkers(page).length, (count) => assert.equal(count, 0, 'workers are given back'));
  await eventually(() => figure(page).locator('.note').textContent(), (text) => assert.match(text, /learns within 40 steps in \d+ % of the map/));
  await picture(page, 'map accuracy');
  const csv = String(await saved(page, 'CSV'));
  const { stdout } = await promisify(execFile)(process.env.NATIVE_MAP, ['--x', 'init-gain=0.1..10', '--y', 'depth=1..12', '--columns', '9', '--rows', '9', '--steps', '40', SETTINGS]);
  assert.equal(csv, stdout);
  const svg = String(await saved(page, 'SVG'));
  assert.ok(svg.startsWith('<svg') && svg.includes('theory: χ₁ = 1') && svg.includes('Gain'));
  const png = await saved(page, 'PNG');
  assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from('PNG')]);
  // The colours mean something else, and the address says so.
  for (const color of ['ratio', 'loss', 'verdict']) {
    await page.locator('#gf-map-color').selectOption(color);
    await eventually(async () => decodeURIComponent(page.url()), (url) => assert.ok(url.includes(`color:${color}`), url));
    await picture(page, `map ${color}`);
  }
  // What was measured is not lost by it.
  assert.match(await progress(page), /^Complete/);
});

pageTest('a worker that is closed is replaced, and its run made again', { path: `#${SETTINGS}&charts=map&map=init-gain:0.1..10,depth:1..12,cells:9x9,steps:500` }, async (page) => {
  await opened(page);
  await button(page, 'Measure').click();
  const [worker] = await eventually(async () => mapWorkers(page), (workers) => assert.ok(workers.length > 0));
  await eventually(() => progress(page), (text) => assert.match(text, /^[1-9]\d* of about \d+ runs/));
  // It gives no message, not even an error.
  const [ended] = await Promise.all([worker.waitForEvent('close'), worker.evaluate(() => self.close())]);
  assert.equal(ended, worker);
  await complete(page);
  const csv = String(await saved(page, 'CSV'));
  const { stdout } = await promisify(execFile)(process.env.NATIVE_MAP, ['--x', 'init-gain=0.1..10', '--y', 'depth=1..12', '--columns', '9', '--rows', '9', '--steps', '500', SETTINGS]);
  assert.equal(csv, stdout);
});

pageTest('measuring pauses, goes on, and ends when it is cancelled', { path: `#${SETTINGS}&charts=map&map=init-gain:0.1..10,depth:1..50,cells:33x25,steps:500` }, async (page) => {
  await opened(page);
  await button(page, 'Measure').click();
  await eventually(() => progress(page), (text) => assert.match(text, /^[1-9]\d* of about \d+ runs/));
  assert.ok(mapWorkers(page).length > 0);
  await button(page, 'Pause').click();
  await eventually(() => progress(page), (text) => assert.match(text, /^Paused: /));
  assert.equal(await button(page, 'Continue').evaluate((element) => element === element.getRootNode().activeElement), true, 'the focus stays');
  // What is under way comes to its end, and then nothing more.
  let before = '';
  await eventually(async () => {
    const now = await progress(page);
    const same = now === before;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return same;
  }, (same) => assert.ok(same));
  await picture(page, 'map paused');
  await button(page, 'Continue').click();
  await eventually(() => progress(page), (text) => assert.ok(/left$/.test(text) && text.split(' ')[0] !== before.split(' ')[1], text));
  await button(page, 'Cancel').click();
  await eventually(() => progress(page), (text) => assert.match(text, /^Cancelled: /));
  await eventually(async () => mapWorkers(page).length, (count) => assert.equal(count, 0));
  // A view that is closed trains nothing.
  await button(page, 'Measure').click();
  await eventually(async () => mapWorkers(page).length, (count) => assert.ok(count > 0));
  await page.evaluate(() => (document.querySelector('gradient-flow').charts = 'signals'));
  await eventually(async () => mapWorkers(page).length, (count) => assert.equal(count, 0));
});

pageTest('a cell is read by pointer and keys; a click and Enter open its run', { path: PATH }, async (page) => {
  await opened(page);
  await button(page, 'Measure').click();
  await complete(page);
  const at = await find(page, /^Gain 10, Depth 12: /);
  await eventually(() => page.locator('.map-cell').last().textContent(), (text) => assert.match(text, /^Gain 10, Depth 12: .+ of the test samples correct after 40 steps \(guessing: \d+ %\), loss .+/));
  await picture(page, 'map cell');
  await page.mouse.click(at.x, at.y);
  await eventually(() => config(page), ({ init_gain, depth, width }) => assert.deepEqual([init_gain, depth, width], [10, 12, 8]));
  // It is trained for as long as the cell was, and reaches the same.
  const csv = String(await saved(page, 'CSV'));
  const line = csv.split('\n').find((text) => text.startsWith('10,12,')).split(',');
  await eventually(() => page.evaluate(() => {
    const { snapshot, running } = document.querySelector('gradient-flow');
    return [running, snapshot.step, snapshot.test_step, snapshot.test_accuracy];
  }), (seen) => assert.deepEqual(seen, [false, 40, 40, Number(line[5])]));
  // The map is still there, and marks where the laboratory is now.
  assert.match(await progress(page), /^Complete/);
  await page.mouse.move(0, 0);
  await canvas(page).focus();
  await canvas(page).press('Home');
  const readout = figure(page).locator('.readout');
  await eventually(() => readout.textContent(), (text) => assert.match(text, /^Gain 0\.1, Depth \d+: /));
  await canvas(page).press('ArrowRight');
  const read = await eventually(() => readout.textContent(), (text) => assert.match(text, /^Gain 0\.178, Depth \d+: /));
  await canvas(page).press('Enter');
  await eventually(() => config(page), ({ init_gain, depth }) => assert.ok(init_gain === 0.1778 && read.includes(`Depth ${depth}:`), `${init_gain} ${depth}`));
});

pageTest('a table of one\'s own is measured too, and a cell opens its run', { path: `#depth=3&width=8&activation=tanh&learning-rate=0.5&charts=map&${MAP}` }, async (page) => {
  await opened(page);
  const rows = Array.from({ length: 60 }, (_, i) => `${(i * 7) % 11},${(i * 5) % 13},${(i * 7) % 11 > (i * 5) % 13 ? 'near' : 'far'}`);
  await page.evaluate((csv) => document.querySelector('gradient-flow').useTable(csv, { name: 'places.csv' }), ['x,y,kind', ...rows].join('\n'));
  await eventually(() => config(page), ({ data }) => assert.equal(data, 'upload'));
  await button(page, 'Measure').click();
  await complete(page);
  const lines = String(await saved(page, 'CSV')).split('\n');
  const columns = lines[0].split(',');
  const accuracies = lines.slice(1).filter(Boolean).map((line) => Number(line.split(',')[columns.indexOf('accuracy')]));
  assert.ok(Math.max(...accuracies) > 0.9 && Math.min(...accuracies) < 0.8, `${accuracies}`);
  const at = await find(page, /^Gain 10, Depth 12: /);
  await page.mouse.click(at.x, at.y);
  const line = lines.find((text) => text.startsWith('10,12,')).split(',');
  await eventually(() => page.evaluate(() => {
    const { snapshot, running, config } = document.querySelector('gradient-flow');
    return [config.data, running, snapshot.step, snapshot.test_accuracy];
  }), (seen) => assert.deepEqual(seen, ['upload', false, 40, Number(line[columns.indexOf('accuracy')])]));
});

pageTest('axes are chosen below the map, and what makes no map is refused', { path: PATH }, async (page) => {
  await opened(page);
  await figure(page).locator('summary').click();
  await page.locator('#gf-map-axis-x').selectOption('activation');
  await eventually(async () => decodeURIComponent(page.url()), (url) => assert.match(url, /map=activation:sigmoid,tanh,.*,depth:1\.\.12,cells:9x9,steps:40/));
  await page.locator('#gf-map-range-x').fill('tanh,relu');
  await page.locator('#gf-map-range-x').blur();
  await eventually(async () => decodeURIComponent(page.url()), (url) => assert.match(url, /map=activation:tanh,relu,depth/));
  await picture(page, 'map options');
  await page.locator('#gf-map-range-y').fill('5..1');
  await page.locator('#gf-map-range-y').blur();
  const error = page.locator('.map-error');
  await eventually(() => error.textContent(), (text) => assert.match(text, /^depth cannot be 5\.\.1\. Allowed: the smaller of two values first, each a whole number from 1 to 100, such as 1\.\.50\.$/));
  await page.locator('#gf-map-axis-y').selectOption('activation');
  await eventually(() => error.textContent(), (text) => assert.match(text, /Both axes vary activation/));
  await page.locator('#gf-map-axis-y').selectOption('init-gain');
  await eventually(() => error.isHidden(), (hidden) => assert.ok(hidden));
  await button(page, 'Measure').click();
  await complete(page);
  await figure(page).getByRole('button', { name: 'Show as a table' }).click();
  await eventually(() => figure(page).locator('th').allTextContents(), (head) => assert.deepEqual(head.slice(1), ['Tanh', 'ReLU']));
});

pageTest('a colour that a link names is taken, and one that does not exist is told', { path: `${PATH},color:loss` }, async (page) => {
  await opened(page);
  const color = page.locator('#gf-map-color');
  await eventually(() => color.inputValue(), (value) => assert.equal(value, 'loss'));
  const choose = (/** @type {string} */ map) => page.evaluate((map) => document.querySelector('gradient-flow').setAttribute('map', map), map);
  await choose('depth:1..5,color:purple');
  const error = page.locator('.map-error');
  await eventually(() => error.textContent(), (text) => assert.match(text, /^color cannot be purple\. Allowed: one of accuracy, ratio, loss, verdict, such as loss\.$/));
  assert.equal(await color.inputValue(), 'loss');
  await choose('depth:1..5');
  await eventually(() => color.inputValue(), (value) => assert.equal(value, 'accuracy'));
  await eventually(() => error.isHidden(), assert.ok);
});

pageTest('where no worker may run, the map says so', { path: 'docs.html' }, async (page) => {
  await page.addInitScript(() => {
    window.Worker = /** @type {any} */ (class extends Worker {
      constructor(/** @type {string} */ url, /** @type {any} */ options) {
        if (String(url).includes('views/map/')) throw new Error('no more workers');
        super(url, options);
      }
    });
  });
  await openAfresh(page, PATH);
  await opened(page);
  await button(page, 'Measure').click();
  await eventually(() => progress(page), (text) => assert.match(text, /^This page is not allowed to train in the background/));
  await button(page, 'Measure').waitFor();
});

pageTest('a map speaks German, on a phone in the dark', { path: `${PATH}&lang=de`, viewport: { width: 390, height: 844 }, scheme: 'dark' }, async (page) => {
  await ready(page);
  await button(page, 'Messen').click();
  await eventually(() => progress(page), (text) => assert.match(text, /^Vollständig: \d+ Läufe\.$/));
  await page.locator('#gf-map-color').selectOption('verdict');
  await eventually(() => figure(page).locator('.note').textContent(), (text) => assert.match(text, /^Das Netz lernt innerhalb von 40 Schritten auf \d+ % der Karte\.$/));
  await eventually(() => canvas(page).boundingBox(), ({ height }) => assert.ok(height > 250, `the picture is ${height} px high`));
  await picture(page, 'map phone');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
});

pageTest('beside other charts the map has room', { path: `#${SETTINGS}&charts=signals+map+loss&${MAP}` }, async (page) => {
  await opened(page);
  await eventually(() => canvas(page).boundingBox(), ({ width, height }) => assert.ok(width > 800 && height > 250, `the picture has ${width} x ${height} px`));
  await picture(page, 'map beside charts');
});
