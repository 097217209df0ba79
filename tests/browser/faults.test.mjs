/** What happens when something fails, comes late, or is asked for while something else is under way: nothing is lost. */
import assert from 'node:assert/strict';
import { config, eventually, ready, snapshot, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const SMALL = 'depth=3&width=8&activation=tanh';
const IRIS_FILE = '**/data/iris.csv.deflate';
const WASM_FILE = '**/*.wasm';
/** What the browser says of a request that a test lets fail. */
const FAILED_REQUEST = /ERR_FAILED|request failed|Failed to load resource/;

/** Collects what the element says from now on. @param {import('playwright-core').Page} page */
const listen = (page) =>
  page.evaluate(() => {
    const heard = (/** @type {any} */ (window).heard = { errors: [], steps: [], configs: 0 });
    const lab = document.querySelector('gradient-flow');
    lab.addEventListener('gradient-flow-error', ({ detail }) => heard.errors.push(detail));
    lab.addEventListener('gradient-flow-snapshot', ({ detail }) => heard.steps.push(detail.step));
    lab.addEventListener('gradient-flow-config', () => (heard.configs += 1));
  });

/** @param {import('playwright-core').Page} page @returns {Promise<{ errors: any[], steps: number[], configs: number }>} */
const heard = (page) => page.evaluate(() => /** @type {any} */ (window).heard);

/** @param {import('playwright-core').Page} page @param {Record<string, unknown>} patch */
const set = (page, patch) => page.evaluate((patch) => (document.querySelector('gradient-flow').config = patch), patch);

/** Does something with the element; what it resolves to, or the error that it rejects with. @param {import('playwright-core').Page} page @param {string} call */
const outcome = (page, call) =>
  page.evaluate(
    async (call) => {
      try {
        const value = await new Function('lab', `return lab.${call}`)(document.querySelector('gradient-flow'));
        return { value: value?.step ?? value ?? null };
      } catch (error) {
        return { name: error.name, message: error.message, field: error.field, value: error.value, allowed: error.allowed };
      }
    },
    call,
  );

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

const cells = (/** @type {string} */ csv) => csv.trimEnd().split('\n').map((line) => line.split(','));
const csv = (/** @type {import('playwright-core').Page} */ page) => page.evaluate(() => document.querySelector('gradient-flow').toCSV());

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
  await eventually(() => page.url(), (url) => assert.match(url, /learning-rate=0.25/));
  assert.doesNotMatch(page.url(), /upload/);
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
    lab.run(60);
    for (const speed of ['60', '70', '80', 'max']) {
      const { step } = lab.snapshot;
      while (lab.snapshot.step < step + 5) await new Promise(requestAnimationFrame);
      lab.speed = speed;
    }
  });
  await page.waitForFunction(() => !document.querySelector('gradient-flow').running);
  assert.equal((await snapshot(page)).step, 60);
});

/** The training worker of the page. @param {import('playwright-core').Page} page */
const trainer = (page) => eventually(async () => page.workers().filter((worker) => !worker.url().includes('/trials/')), (workers) => assert.equal(workers.length, 1)).then(([worker]) => worker);

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

const CALLS = /** @type {const} */ ([
  ['step(-1)', 'count'], ['step(1.5)', 'count'], ['step(NaN)', 'count'], ["step('x')", 'count'], ['step(null)', 'count'], ['step({})', 'count'], ['step(2 ** 32 + 3)', 'count'],
  ['run(0)', 'limit'], ['run(-3)', 'limit'], ["run('x')", 'limit'], ['run({})', 'limit'], ['run(NaN)', 'limit'],
  ['useTable(5)', 'csv'], ["useTable('a,b', 5)", 'reading'], ["useTable('a,b', { tarket: 1 })", 'reading.tarket'],
  ['toSVG()', 'chart'], ['toPNG(5)', 'chart'], ['toCSV(5)', 'onprogress'],
]);

pageTest('every method checks its arguments, and names them', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await step(page, 2);
  for (const [call, field] of CALLS) {
    const refused = await outcome(page, call);
    assert.deepEqual([refused.name, refused.field], ['ArgumentError', field], call);
    assert.match(refused.message, /cannot be .* Allowed: /, call);
  }
  assert.equal(await page.evaluate(() => document.querySelector('gradient-flow').running), false);
  assert.equal((await step(page, 0)).step, 2, 'nothing was done');
});

pageTest('a config that is no object, and a speed that is no plain number, are refused', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await listen(page);
  for (const value of ['null', '5', "'depth=3'", '[]', 'undefined']) {
    await page.evaluate((value) => (document.querySelector('gradient-flow').config = new Function(`return ${value}`)()), value);
  }
  for (const speed of ['0x10', ' 5', '1e', '-1', 'Infinity']) await page.evaluate((speed) => (document.querySelector('gradient-flow').speed = speed), speed);
  const { errors } = await heard(page);
  assert.deepEqual(errors.map(({ field }) => field), [...Array(5).fill('config'), ...Array(5).fill('speed')]);
  assert.equal((await step(page, 1)).step, 1);
});

pageTest('many steps are made in slices, and can be stopped', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  const pending = outcome(page, 'step(1000000000)');
  await eventually(() => snapshot(page), ({ step }) => assert.ok(step > 1000));
  // Several at once are made in order.
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
  assert.equal((await pending).name, 'AbortError');
  const { step: at } = await step(page, 0);
  const [first, second] = await Promise.all([step(page, 3000), step(page, 5)]);
  assert.deepEqual([first.step, second.step], [at + 3000, at + 3005]);
  const rows = cells(await csv(page)).slice(1);
  assert.equal(Number(rows.at(-1)[0]), at + 3005);
  const removed = outcome(page, 'step(1000000000)');
  await page.evaluate(() => document.querySelector('gradient-flow').remove());
  assert.equal((await removed).name, 'AbortError');
});

pageTest('a long history is written while the page goes on', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  const seen = await page.evaluate(async () => {
    const { StepRecord } = await import(`${window.ASSETS}training/step-record.js`);
    const { writeCSV } = await import(`${window.ASSETS}training/history-csv.js`);
    const record = new StepRecord();
    const steps = 50_000;
    const numbers = Float32Array.from({ length: steps }, (_, i) => 1 / (i + 3));
    const log = { train_loss: numbers, grad_norm: numbers, clip_coefficient: numbers, learning_rate: numbers, dw_rms: Float32Array.from({ length: 10 * steps }, (_, i) => i / 7) };
    record.push({ step: steps - 1, log, layers: { dw_rms: new Float32Array(10) }, test_step: 0, test_loss: null, test_accuracy: null });
    let [turns, isDone] = [0, false];
    const shares = [];
    const turn = () => setTimeout(() => ((turns += 1), isDone || turn()));
    turn();
    const csv = await writeCSV(record, (share) => shares.push(share));
    isDone = true;
    return { lines: csv.split('\n').length, turns, shares };
  });
  assert.equal(seen.lines, 50_002);
  assert.ok(seen.turns > 5, `the page had ${seen.turns} turns`);
  assert.ok(seen.shares.length > 5 && seen.shares.at(-1) === 1);
  assert.deepEqual(seen.shares, seen.shares.toSorted((a, b) => a - b));
});

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
    assert.equal(page.workers().length, 0);
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

pageTest('a network that no memory could hold is refused with what would fit; one that fits is never held twice', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await step(page, 2);
  await listen(page);
  const rows = 20_000;
  const refused = await page.evaluate(async (rows) => {
    const lab = document.querySelector('gradient-flow');
    const table = Array.from({ length: rows }, (_, i) => `${i % 7},${i % 5},${i % 2 ? 'odd' : 'even'}`).join('\n');
    await lab.useTable(table);
    await lab.step(0);
    lab.config = { depth: 100, width: 512, batch_size: 'full', norm: 'batch', residual: true, optimizer: 'adam' };
    return lab.step().then(() => 'made', ({ name, message, field, allowed }) => ({ name, message, field, allowed }));
  }, rows);
  assert.deepEqual([refused.name, refused.field], ['ConfigError', 'batch_size']);
  assert.match(refused.message, /batch_size cannot be full.*Allowed: .*\d+/);
  await page.getByRole('alert').filter({ hasText: 'batch_size cannot be full' }).waitFor();
  await picture(page, 'too large');
  assert.equal((await step(page, 1)).step, 1, 'the network before goes on');
});

pageTest('a network that the memory cannot hold after all is told, and the one before can start again', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await step(page, 2);
  await listen(page);
  const worker = await trainer(page);
  // What is left of this instance's memory is not enough.
  await worker.evaluate(async (assets) => {
    const wasm = await import(`${assets}wasm/gradient_flow.js`);
    wasm.Trainer.prototype.rebuild = () => {
      throw new WebAssembly.RuntimeError('unreachable');
    };
  }, await page.evaluate(() => window.ASSETS));
  const pending = page.evaluate(() => {
    const lab = document.querySelector('gradient-flow');
    lab.config = { depth: 90, width: 300 };
    return lab.step().then(() => 'made', ({ name }) => name);
  });
  assert.equal(await pending, 'WorkerError');
  await page.getByRole('alert').filter({ hasText: 'too large for the memory' }).waitFor();
  assert.deepEqual([(await config(page)).depth, (await heard(page)).errors.length], [3, 1]);
  await page.getByRole('button', { name: 'Start again' }).click();
  await eventually(() => snapshot(page), ({ step }) => assert.equal(step, 0));
  assert.equal((await step(page, 2)).step, 2);
});

pageTest('a picture that no browser can draw is refused, and the element goes on', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await step(page, 2);
  for (const call of ["toPNG('history', 1e9, 1e9)", "toPNG('boundary', 40000, 40000, 1)", "toSVG('signals', 1e9, 1e9)", "toSVG('loss', NaN, 5)", "toSVG('loss', -3)", "toPNG('loss', 400, 300, 0)", "toPNG('loss', 400, '3px')"]) {
    assert.equal((await outcome(page, call)).name, 'RangeError', call);
  }
  assert.equal((await step(page, 2)).step, 4);
  const size = await page.evaluate(async () => (await document.querySelector('gradient-flow').toPNG('loss', 300, 200, 1)).size);
  assert.ok(size > 1000);
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

pageTest('the log of many steps that nobody sees stays small', { path: '#data=xor&depth=100&width=1' }, async (page) => {
  await ready(page);
  const longest = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    lab.style.display = 'none';
    let longest = 0;
    lab.addEventListener('gradient-flow-snapshot', ({ detail }) => (longest = Math.max(longest, detail.log.dw_rms.length)));
    await lab.step(25_000);
    return longest;
  });
  assert.ok(longest > 100 && longest <= 1.1e6, `${longest} numbers`);
  assert.equal(cells(await csv(page)).length, 25_002);
});
