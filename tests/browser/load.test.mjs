import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { eventually, pictures, ready, snapshot, step, trainers } from './lab.mjs';
import { openAfresh, pageTest, picture } from './site.mjs';

const { SITE, ASSETS, SITE_FOLDER, FIRST_PICTURE } = process.env;

/** What the first picture may need, in bytes with brotli. */
const BUDGET = 320_000;

test('the first picture keeps to its budget', async () => {
  let sum = 0;
  for (const name of FIRST_PICTURE.split(' ')) {
    const bytes = await readFile(join(SITE_FOLDER, name));
    // A server leaves alone what compression would enlarge.
    sum += Math.min(bytes.length, brotliCompressSync(bytes).length);
  }
  assert.ok(sum > BUDGET / 2 && sum <= BUDGET, `${sum} bytes`);
});

for (const scheme of ['light', 'dark']) {
  pageTest(`the page loads under the strict policy, ${scheme}`, { scheme }, async (page) => {
    const { headers } = await page.evaluate(async () => ({ headers: [...(await fetch(location.href)).headers] }));
    assert.equal(
      new Map(headers).get('content-security-policy'),
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    );
    await ready(page);
    const first = await snapshot(page);
    assert.equal(first.step, 0, 'with reduced motion it stands still');
    assert.equal(first.layers.dw_rms.length, 11, 'ten hidden layers and the output layer');

    const drawn = await pictures(page);
    assert.deepEqual(Object.keys(drawn).sort(), ['histograms', 'history', 'loss', 'signals']);
    const colours = await page.evaluate(() =>
      Array.from(document.querySelector('gradient-flow').shadowRoot.querySelectorAll('canvas'), (canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    );
    assert.ok(Math.min(...colours) > 5, `every chart shows something: ${colours} colours`);
    await picture(page, `page-${scheme}`);
  });
}

pageTest('at first the page runs by itself', { motion: 'no-preference' }, async (page) => {
  await ready(page);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step >= 3);
});

pageTest('the embeddable page loads', { path: 'embed.html#depth=5&charts=signals&controls=none' }, async (page) => {
  await ready(page);
  assert.equal((await snapshot(page)).layers.dw_rms.length, 6);
  assert.deepEqual(Object.keys(await pictures(page)), ['signals']);
});

for (const [data, count] of [['', 1], ['#data=digits', 1], ['#data=circle', 0]]) {
  pageTest(`digits are asked for once and early where they are learned: ${data || 'by default'}`, { path: 'docs.html' }, async (page) => {
    await page.goto('about:blank');
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.url().endsWith('digits.csv.deflate'))));
    await page.route('**/*.wasm', async (route) => {
      // While the wasm is on its way.
      await wait(async () => asked >= count);
      await route.continue();
    });
    await page.goto(new URL(`index.html${data}`, SITE).href);
    await ready(page);
    await pictures(page);
    assert.equal(asked, count);
  });
}

pageTest('the worker is loaded while the wasm is on its way, and goes with an element that is removed before', { path: 'docs.html' }, async (page) => {
  const workers = (/** @type {number} */ count) => wait(async () => page.workers().length === count);
  await page.goto('about:blank');
  await workers(0);
  let isReleased = false;
  await page.route('**/*.wasm', async (route) => {
    await wait(async () => isReleased);
    await route.continue();
  });
  await page.goto(new URL('index.html', SITE).href);
  await workers(1);
  const [worker] = page.workers();
  // Its module has run.
  await wait(() => worker.evaluate(() => typeof self.onmessage === 'function'));
  await page.evaluate(() => {
    window.lab = document.querySelector('gradient-flow');
    window.lab.remove();
  });
  await workers(0);
  await page.evaluate(() => document.body.append(window.lab));
  await workers(1);
  const [prepared] = page.workers();
  isReleased = true;
  await ready(page);
  assert.deepEqual(trainers(page), [prepared], 'that one trains');
});

/** Waits for what is not in the page. @param {() => Promise<boolean>} look */
async function wait(look) {
  while (!(await look())) await new Promise((resolve) => setTimeout(resolve, 50));
}

pageTest('nothing is loaded that the first picture does not need, and nothing again for a second one', { path: 'docs.html' }, async (page) => {
  // Where nothing is wrong, no fixes are tried.
  const asked = await openAfresh(page, 'index.html#activation=relu&init=he-normal');
  await ready(page);
  await pictures(page);
  // What comes after it: the icon, which browsers take when they like, and the offline copy.
  // The last two stand for joined modules, and are what the test itself imports.
  const after = ['icon.svg', `${ASSETS}hosts/offline.js`, 'sw.js', `${ASSETS}shared/wasm.js`, `${ASSETS}shared/assets.js`];
  const before = new Set(asked.filter((name) => !after.includes(name)));
  assert.deepEqual([...before].sort(), FIRST_PICTURE.split(' ').filter((name) => !after.includes(name)).sort());
  // The largest file is under way before the first module runs, and is used.
  const wasm = `${ASSETS}wasm/gradient_flow_bg.wasm`;
  assert.equal(asked.filter((name) => name === wasm).length, 1);
  assert.equal(await page.evaluate((name) => performance.getEntriesByName(new URL(name, location.href).href)[0].initiatorType, wasm), 'link');

  asked.length = 0;
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('gradient-flow'), { id: 'second' })));
  await page.evaluate(() => {
    const second = document.querySelector('#second');
    second.scrollIntoView();
    return second.ready.then(() => undefined);
  });
  // Its worker's modules, which a browser may keep; never wasm or data.
  const allowed = ['training/worker.js', 'training/loop.js', 'shared/instance.js', 'shared/problems.js', 'wasm/gradient_flow.js', 'shared/colours.css', 'gradient-flow.css'].map((name) => ASSETS + name);
  assert.deepEqual(asked.filter((name) => ![...allowed, ...after].includes(name)), []);
});

pageTest('a page in the background stands still, and goes on when it is seen again', { path: '#depth=2&width=8&speed=max' }, async (page) => {
  await ready(page);
  const [worker] = trainers(page);
  // The loop looks at the clock before every step.
  await worker.evaluate(() => {
    const now = performance.now.bind(performance);
    self.looks = 0;
    performance.now = () => {
      self.looks += 1;
      return now();
    };
  });
  const looks = () => worker.evaluate(() => self.looks);
  await page.evaluate(() => document.querySelector('gradient-flow').run());
  await wait(async () => (await looks()) > 100);
  // A browser asks a page in the background for no frames.
  await page.evaluate(() => {
    window.frames_ = window.requestAnimationFrame;
    window.held = [];
    window.requestAnimationFrame = (frame) => window.held.push(frame);
  });
  await wait(async () => {
    const before = await looks();
    await new Promise((resolve) => setTimeout(resolve, 200));
    return (await looks()) === before;
  });
  const stood = await looks();
  await page.evaluate(() => {
    window.requestAnimationFrame = window.frames_;
    for (const frame of window.held) requestAnimationFrame(frame);
  });
  await wait(async () => (await looks()) > stood + 100);
});


pageTest('an element that is removed while its data come starts no worker', { path: 'docs.html' }, async (page) => {
  await page.goto('about:blank');
  let [isAsked, isRemoved] = [false, false];
  await page.route('**/iris.csv.deflate', async (route) => {
    isAsked = true;
    await wait(async () => isRemoved);
    await route.continue();
  });
  await page.goto(new URL('#data=iris&depth=2&width=4', SITE).href);
  await wait(async () => isAsked);
  await page.evaluate(async () => {
    document.querySelector('gradient-flow').remove();
    // The element gives back what it holds in a microtask.
    await undefined;
  });
  isRemoved = true;
  await page.evaluate(async () => {
    const second = Object.assign(document.createElement('gradient-flow'), { config: { data: 'iris', depth: 2, width: 4 } });
    document.body.append(second);
    await second.ready;
  });
  await eventually(async () => trainers(page).length, (count) => assert.equal(count, 1));
});
