/** gradient-flow.html: everything in one file, which asks nobody for anything. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually, pictures, ready, settled, snapshot, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const FILE = join(process.env.SITE_FOLDER, 'gradient-flow.html');
const html = await readFile(FILE, 'utf8');
const COURSE = 'http://course.test/';

/** Whatever the page asks for but itself. */
function asked(page) {
  const found = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(blob|data):/.test(url) && !url.endsWith('gradient-flow.html') && !url.startsWith(COURSE)) found.push(url);
  });
  return found;
}

pageTest('from a disk it tries fixes too', { path: 'docs.html' }, async (page) => {
  await page.goto('about:blank');
  const begun = [];
  page.on('worker', (worker) => begun.push(worker.url()));
  await page.goto(`${pathToFileURL(FILE)}#depth=20&width=16`);
  await ready(page);
  await page.locator('.fix', { hasText: /→ \d+ %$/ }).first().waitFor();
  await eventually(async () => begun.length, (count) => assert.equal(count, 2, `${begun}`));
  await page.locator('.fixes-intro', { hasText: 'Try a fix:' }).waitFor();
});

pageTest('from a disk it computes what the site computes, without a network', { path: '#depth=5&data=iris' }, async (page) => {
  await ready(page);
  await settled(page);
  const { log: _, ...served } = await step(page, 20);
  // Away from the site first, which may still be fetching its service worker, and what tries fixes.
  await page.goto('about:blank');
  const found = asked(page);
  await page.context().setOffline(true);
  await page.goto(`${pathToFileURL(FILE)}#depth=5&data=iris&trials=off`);
  await ready(page);
  await eventually(async () => page.workers().length, (count) => assert.equal(count, 1, 'in a worker of its own'));
  await settled(page);
  const { log: __, ...own } = await step(page, 20);
  assert.deepEqual(own, served);
  assert.deepEqual(Object.keys(await pictures(page)), ['signals', 'history', 'histograms', 'loss']);
  // Its address is its state, as the site's is.
  await page.getByRole('combobox', { name: 'Activation' }).selectOption('relu');
  await page.waitForFunction(() => location.hash.includes('activation=relu'));
  await page.reload();
  await ready(page);
  assert.equal((await snapshot(page)).layers.dw_rms.length, 6);
  assert.deepEqual(found, []);
  await picture(page, 'one-file');
});

pageTest('from a disk it trains on a table of one\'s own and gives the run away, without a network', { path: '#depth=1&width=4' }, async (page) => {
  await ready(page);
  // Away from the site first, which may still be fetching its service worker, and what tries fixes.
  await page.goto('about:blank');
  const found = asked(page);
  await page.context().setOffline(true);
  await page.goto(`${pathToFileURL(FILE)}#depth=3&width=8`);
  await ready(page);
  const script = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    await lab.useTable('a,b,kind\n1,2,x\n2,1,y\n3,4,x\n4,3,y\n', { without: ['b'] });
    await lab.step(3);
    return lab.toPyTorch();
  });
  assert.deepEqual((await snapshot(page)).classes, ['x', 'y']);
  assert.match(script, /data=upload[^]*TRAIN_X = /);
  assert.match(script, /^TABLE = (?=.*"features": \["a"\])(?=.*"target": "kind")(?=.*"without": \["b"\])/m);
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the history as CSV' }).click()]);
  assert.equal(download.suggestedFilename(), 'gradient-flow.csv');
  assert.deepEqual(found, []);
});

for (const [how, frame] of [
  ['by its address', `<iframe sandbox="allow-scripts" src="${COURSE}gradient-flow.html#depth=4"></iframe>`],
  ['by srcdoc', `<iframe sandbox="allow-scripts"></iframe>`],
]) {
  pageTest(`it runs in a sandboxed frame, ${how}`, {
    path: `${COURSE}unit.html`,
    pages: { [`${COURSE}unit.html`]: `<!doctype html><link rel="icon" href="data:,"><style>iframe { width: 100%; height: 700px }</style>${frame}`, [`${COURSE}gradient-flow.html`]: html },
  }, async (page) => {
    const found = asked(page);
    if (how === 'by srcdoc') await page.evaluate((html) => (document.querySelector('iframe').srcdoc = html), html);
    const inner = await (await page.waitForSelector('iframe')).contentFrame();
    await inner.waitForFunction(() => document.querySelector('gradient-flow')?.snapshot);
    assert.equal(await inner.evaluate(() => self.origin), 'null');
    assert.equal(await inner.evaluate(async () => (await document.querySelector('gradient-flow').step(5)).step), 5);
    // One that trains, and by now perhaps one that tries fixes.
    assert.ok([1, 2].includes(page.workers().length), `${page.workers().length} workers`);
    // Where the frame has no address to keep it, a change counts all the same.
    await inner.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 7 }));
    await inner.waitForFunction(() => document.querySelector('gradient-flow').snapshot.layers.dw_rms.length === 8);
    assert.deepEqual(found, []);
  });
}

pageTest('under a policy that allows what is in it and nothing else', {
  path: 'gradient-flow.html',
  pages: { 'gradient-flow.html': html },
  headers: { 'Content-Security-Policy': "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:; img-src data:" },
}, async (page) => {
  await ready(page);
  assert.equal((await step(page, 3)).step, 3);
  // One that trains, and by now perhaps one that tries fixes.
  assert.ok([1, 2].includes(page.workers().length), `${page.workers().length} workers`);
});

const fixed = html.replace('<gradient-flow></gradient-flow>', '<gradient-flow depth="3" width="16" charts="loss" controls="depth"></gradient-flow>');

pageTest('an experiment can be fixed in it', { path: 'gradient-flow.html', pages: { 'gradient-flow.html': fixed } }, async (page) => {
  await ready(page);
  const state = () => page.evaluate(() => ({ depth: document.querySelector('gradient-flow').config.depth, width: document.querySelector('gradient-flow').config.width }));
  assert.deepEqual(await state(), { depth: 3, width: 16 });
  assert.deepEqual(Object.keys(await pictures(page)), ['loss']);
  // A change that goes to a default is in the address too, and a reload keeps it.
  await page.getByRole('textbox', { name: 'Depth' }).fill('10');
  await page.getByRole('textbox', { name: 'Depth' }).press('Enter');
  await page.waitForFunction(() => location.hash === '#depth=10');
  await page.reload();
  await ready(page);
  assert.deepEqual(await state(), { depth: 10, width: 16 });
});
