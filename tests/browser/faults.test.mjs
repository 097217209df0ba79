/** What happens when something fails, comes late, or is asked for while something else is under way: nothing is lost. */
import assert from 'node:assert/strict';
import { config, eventually, ready, settled, snapshot, step } from './lab.mjs';
import { cells, csv, heard, listen, outcome, set, trainer } from './said.mjs';
import { pageTest, picture } from './site.mjs';

const SMALL = 'depth=3&width=8&activation=tanh';
const IRIS_FILE = '**/data/iris.csv.deflate';
const WASM_FILE = '**/*.wasm';
/** What the browser says of a request that a test lets fail. */
const FAILED_REQUEST = /ERR_FAILED|request failed|Failed to load resource/;

/** Lets requests wait until they are released. @param {import('playwright-core').Page} page @param {string} pattern */
async function hold(page, pattern) {
  let release = () => {};
  const released = new Promise((resolve) => (release = () => resolve(undefined)));
  let count = 0;
  await page.route(pattern, async (route) => {
    count += 1;
    await released;
    await route.continue();
  });
  return { release: () => release(), count: () => count, come: () => eventually(async () => count, (count) => assert.ok(count > 0)) };
}

pageTest('data that come late build one network', { path: `host.html`, pages: { 'host.html': '<!doctype html><link rel="icon" href="icon.svg"><script type="module" src="gradient-flow.js"></script><gradient-flow data="iris" depth="3" width="8" autoplay></gradient-flow>' } }, async (page) => {
  await listen(page);
  await page.goto('about:blank');
  const data = await hold(page, IRIS_FILE);
  await page.goBack();
  await listen(page);
  await page.evaluate(() => customElements.whenDefined('gradient-flow'));
  await data.come();
  // Longer than the engine waits for a worker that is busy.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
  assert.equal(data.count(), 1, 'asked for once');
  data.release();
  await ready(page);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 3);
  const { steps, errors } = await heard(page);
  assert.deepEqual(errors, []);
  assert.equal(steps.filter((step) => step === 0).length, 1);
  const rows = cells(await csv(page)).slice(1);
  assert.deepEqual(rows.map(([step]) => Number(step)), rows.map((_, index) => index));
});

pageTest('a data file that fails is one error; the last good config stays, and asking again tries again', { path: `#${SMALL}`, expected: FAILED_REQUEST }, async (page) => {
  await ready(page);
  await step(page, 3);
  await listen(page);
  let asked = 0;
  await page.route(IRIS_FILE, (route) => ((asked += 1), route.abort()));
  const pending = page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    lab.config = { data: 'iris' };
    return lab.step().then(() => 'made', ({ name, message }) => ({ name, message }));
  });
  assert.match((await pending).message, /iris.* could not be loaded/);
  await page.getByRole('alert').filter({ hasText: /iris.* could not be loaded/ }).waitFor();
  assert.equal((await config(page)).data, 'digits');
  assert.equal((await step(page, 2)).step, 5, 'the network before goes on');
  assert.doesNotMatch(await page.evaluate(() => document.querySelector('gradient-flow').outerHTML), /iris/);
  await eventually(() => page.url(), (url) => assert.doesNotMatch(url, /iris/));
  // A loop would have asked again by now.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 700)));
  assert.equal(asked, 1);
  assert.equal((await heard(page)).errors.length, 1);

  await page.unroute(IRIS_FILE);
  await set(page, { data: 'iris' });
  assert.equal((await step(page, 2)).step, 2);
  assert.deepEqual((await snapshot(page)).classes, ['setosa', 'versicolor', 'virginica']);
});

for (const [what, pattern, path] of [['the data', IRIS_FILE, `index.html#data=iris&${SMALL}`], ['the wasm', WASM_FILE, `index.html#${SMALL}`]]) {
  pageTest(`a start without ${what} says so, and starts when asked again`, { path: 'docs.html', expected: FAILED_REQUEST }, async (page) => {
    let isBlocked = true;
    let asked = 0;
    await page.route(pattern, (route) => ((asked += 1), isBlocked ? route.abort() : route.continue()));
    await page.goto(new URL(path, process.env.SITE).href);
    await page.evaluate(() => customElements.whenDefined('gradient-flow'));
    await listen(page);
    const refused = await outcome(page, 'ready');
    assert.equal(refused.name, 'LoadError');
    assert.match(refused.message, /could not be loaded/);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await picture(page, `no ${what}`);
    assert.match(await page.locator('.status').textContent(), /could not be loaded.*Try again later/);
    const before = asked;
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 700)));
    assert.equal(asked, before, 'nothing is tried without being asked');

    assert.equal((await outcome(page, 'step()')).name, 'LoadError', 'asking is trying');
    await eventually(async () => asked, (count) => assert.ok(count > before));
    isBlocked = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await ready(page);
    assert.equal((await step(page, 2)).step, 2);
    // The page takes up its address too.
    await set(page, { seed: 7 });
    await eventually(() => page.url(), (url) => assert.match(url, /seed=7/));
  });
}

pageTest('elements that are removed while they load leave no worker behind', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await page.evaluate(async () => {
    document.querySelector('gradient-flow').remove();
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    for (let i = 0; i < 100; i += 1) {
      const lab = document.createElement('gradient-flow');
      lab.setAttribute('depth', '2');
      lab.setAttribute('autoplay', '');
      document.body.append(lab);
      lab.ready.catch(() => {});
      // At different stages of the start.
      for (let wait = i % 5; wait > 0; wait -= 1) await turn();
      lab.remove();
      if (i % 3 === 0) document.body.append(lab);
      await turn();
      lab.remove();
    }
  });
  await eventually(async () => page.workers().length, (count) => assert.equal(count, 0));
});

pageTest('a live change made while the data load is built in', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  const data = await hold(page, IRIS_FILE);
  await set(page, { data: 'iris' });
  await data.come();
  await set(page, { learning_rate: 0.025 });
  data.release();
  assert.equal((await step(page, 1)).learning_rate, 0.025);
  const script = await page.evaluate(() => document.querySelector('gradient-flow').toPyTorch());
  assert.match(script, /0\.025/);
  assert.doesNotMatch(script, /0\.1\b/);
});

pageTest('live changes made at any time arrive, in order: page, worker, history and script agree', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  const last = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    // Each change comes while the network before is built, runs or is paused.
    for (let i = 1; i <= 30; i += 1) {
      if (i % 3 === 0) lab.config = { seed: i };
      lab.config = { learning_rate: i / 1000 };
      if (i % 4 === 0) lab.run();
      if (i % 4 === 2) lab.pause();
      if (i % 5 === 0) await new Promise(requestAnimationFrame);
    }
    lab.config = { learning_rate: 0.5 };
    return lab.step();
  });
  assert.equal(last.learning_rate, 0.5);
  assert.deepEqual([(await config(page)).learning_rate, (await config(page)).seed], [0.5, 30]);
  const rows = cells(await csv(page)).slice(1);
  assert.equal(rows.at(-1)[4], '0.5');
  await eventually(() => page.url(), (url) => assert.match(url, /learning-rate=0.5/));
});

pageTest('a refused network leaves the one before, which goes on, with the live change made since', { path: `#${SMALL}&loss=softmax_ce` }, async (page) => {
  await ready(page);
  await step(page, 3);
  await listen(page);
  const refused = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    // Numbers to predict are no classes: only the worker, which has the data, can know.
    await lab.useTable('1,2.5\n2,3.5\n3,4.5\n4,1.25\n');
    // The network is asked for, and not there.
    const step = lab.step().catch(({ name, message }) => ({ name, message }));
    await Promise.resolve().then(() => {});
    await null;
    lab.config = { learning_rate: 0.25 };
    return step;
  });
  assert.match(refused.message, /loss cannot be softmax_ce/);
  await page.getByRole('alert').filter({ hasText: 'loss cannot be softmax_ce' }).waitFor();
  const { data, learning_rate } = await config(page);
  assert.deepEqual([data, learning_rate], ['digits', 0.25]);
  const after = await step(page, 1);
  assert.deepEqual([after.step, after.learning_rate], [4, 0.25]);
  assert.equal((await heard(page)).errors.length, 1);
  await eventually(() => page.url(), (url) => {
    assert.match(url, /learning-rate=0.25/);
    assert.doesNotMatch(url, /upload/);
  });
});

pageTest('a table that is refused while another network is built does not come back as the last good one', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    await lab.useTable('a,kind\n1,left\n2,right\n3,left\n4,right\n5,left\n6,right\n');
    await lab.step(0);
    // The build with the good table is under way when the bad one is given.
    lab.config = { loss: 'softmax_ce' };
    lab.step(0).catch(() => {});
    await lab.useTable('1,2.5\n2,3.5\n3,4.5\n4,1.25\n');
  });
  await page.getByRole('alert').filter({ hasText: 'loss cannot be softmax_ce' }).waitFor();
  await page.evaluate(() => document.querySelector('gradient-flow').reset());
  await step(page, 1);
  assert.deepEqual((await snapshot(page)).classes, ['left', 'right']);
});

pageTest('a link whose loss does not fit its data starts with the rest of it', { path: `#data=plane&loss=softmax_ce&${SMALL}` }, async (page) => {
  await ready(page);
  await page.getByRole('alert').filter({ hasText: 'loss cannot be softmax_ce' }).waitFor();
  assert.equal((await step(page, 1)).step, 1);
});

pageTest('a run that is asked for while the data load begins when they are there', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  const data = await hold(page, IRIS_FILE);
  await set(page, { data: 'iris' });
  await page.evaluate(() => document.querySelector('gradient-flow').run(40));
  await data.come();
  data.release();
  await page.waitForFunction(() => {
    const lab = document.querySelector('gradient-flow');
    return lab.snapshot.classes.length === 3 && lab.snapshot.step === 40 && !lab.running;
  });
});

pageTest('another speed does not begin the count of steps again', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    lab.speed = 50;
    // So many that none of these speeds comes to their end, though a slow machine shows few of the steps.
    lab.run(800);
    for (const speed of ['60', '70', '80', 'max']) {
      const { step } = lab.snapshot;
      while (lab.snapshot.step < step + 5) await new Promise(requestAnimationFrame);
      lab.speed = speed;
    }
  });
  await page.waitForFunction(() => !document.querySelector('gradient-flow').running);
  assert.equal((await snapshot(page)).step, 800);
});

pageTest('a worker that is closed is told, and training starts again when asked', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await step(page, 5);
  await listen(page);
  const worker = await trainer(page);
  const pending = outcome(page, 'step(1000000000)');
  await eventually(() => snapshot(page), ({ step }) => assert.ok(step > 5));
  await worker.evaluate(() => self.close());
  assert.equal((await pending).name, 'WorkerError');
  await page.getByRole('alert').filter({ hasText: 'Training has stopped unexpectedly' }).waitFor();
  await picture(page, 'worker closed');
  assert.equal((await outcome(page, 'step()')).name, 'WorkerError', 'there is nothing to step');
  assert.equal((await heard(page)).errors.length, 1);
  await page.getByRole('button', { name: 'Start again' }).click();
  await eventually(() => snapshot(page), ({ step }) => assert.equal(step, 0));
  assert.equal((await step(page, 2)).step, 2);
});

pageTest('a worker that hangs is told, and replaced when asked', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  const worker = await trainer(page);
  const pending = outcome(page, 'step(1000000000)');
  await worker.evaluate(() => setTimeout(() => {
    for (;;);
  }));
  await page.getByRole('alert').filter({ hasText: /has not answered for \d+ s/ }).waitFor();
  await page.getByRole('button', { name: 'Start again' }).click();
  assert.equal((await pending).name, 'AbortError');
  assert.equal((await step(page, 2)).step, 2);
  assert.ok(await page.getByRole('alert').filter({ hasText: 'has not answered' }).isHidden(), 'the notice goes');
});

/** Calls of the page's wasm, with what makes each. */
const TRAPS = { push: 'await lab.step(1)', begin: 'lab.config = { depth: 4 }; await lab.step(1)', configure: 'lab.config = { learning_rate: 0.05 }; await lab.step(1)', paint: "lab.theme = 'dark'", status: 'await lab.step(1)', travel: 'lab.reset(); await lab.step(1)', pin: 'lab.pin(); lab.unpin()', stepAxis: 'await lab.step(1)', differences: 'lab.pin(); lab.unpin()' };

for (const [method, act] of Object.entries(TRAPS)) {
  pageTest(`a trap in ${method} costs the charts a moment, and nobody waits for ever`, { path: `#${SMALL}`, expected: /unreachable/ }, async (page) => {
    await ready(page);
    await step(page, 2);
    await page.evaluate(async (method) => {
      const { wasm } = await import(`${window.ASSETS}shared/wasm.js`);
      const proto = wasm.Charts.prototype;
      const trapped = (window.trapped = new Set());
      for (const name of Object.getOwnPropertyNames(proto)) {
        const call = proto[name];
        if (typeof call !== 'function' || ['constructor', 'free', '__destroy_into_raw'].includes(name)) continue;
        proto[name] = function (...args) {
          // What has trapped is in an unknown state, and in use for ever.
          if (name === method && trapped.size === 0) trapped.add(this);
          if (trapped.has(this)) throw new WebAssembly.RuntimeError('unreachable');
          return call.apply(this, args);
        };
      }
    }, method);
    await page.evaluate((act) => new Function('lab', `return (async () => { ${act} })()`)(document.querySelector('gradient-flow')), act);
    await page.waitForFunction(() => window.trapped.size === 1);
    const { step: at } = await snapshot(page);
    assert.equal((await step(page, 3)).step, at + 3);
    await settled(page);
    assert.match(await page.evaluate(() => document.querySelector('gradient-flow').toSVG('signals')), /<svg/);
  });
}

pageTest('a double click opens one dialog', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Share this experiment' }).evaluate((button) => {
    button.click();
    button.click();
  });
  await page.getByRole('dialog').first().waitFor();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  assert.equal(await page.getByRole('dialog').count(), 1);
});

pageTest('a theme that changes while nobody sees it is drawn when it is seen', { path: `#${SMALL}&charts=loss` }, async (page) => {
  await ready(page);
  const ground = () => page.evaluate(() => {
    const canvas = document.querySelector('gradient-flow').shadowRoot.querySelector('canvas');
    const copy = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    copy.drawImage(canvas, -2, -2);
    return copy.getImageData(0, 0, 1, 1).data[0];
  });
  await eventually(ground, (red) => assert.ok(red > 200));
  await page.evaluate(() => (document.querySelector('gradient-flow').style.display = 'none'));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.evaluate(() => (document.querySelector('gradient-flow').theme = 'dark'));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await page.evaluate(() => (document.querySelector('gradient-flow').style.display = ''));
  await eventually(ground, (red) => assert.ok(red < 100));
});

pageTest('each snapshot is drawn and told with its own config, while a slider is dragged', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  const seen = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    lab.pin();
    const seen = [];
    const told = () => Number(/Depth 3 → (\d+)/.exec(lab.shadowRoot.querySelector('.pinned').textContent)?.[1] ?? 3);
    lab.addEventListener('gradient-flow-snapshot', ({ detail }) => seen.push([detail.layers.dw_rms.length - 1, told()]));
    lab.run();
    for (let depth = 4; depth <= 40; depth += 1) {
      lab.config = { depth };
      await new Promise(requestAnimationFrame);
    }
    await lab.step(1);
    return seen;
  });
  for (const [drawn, told] of seen) assert.equal(told, drawn);
  assert.equal(seen.at(-1)[0], 40);
});
