/** What is asked that cannot be, or would take long or much: it is refused by name, or made in slices. */
import assert from 'node:assert/strict';
import { config, eventually, ready, snapshot, step } from './lab.mjs';
import { cells, csv, heard, listen, outcome, trainer } from './said.mjs';
import { pageTest, picture } from './site.mjs';

const SMALL = 'depth=3&width=8&activation=tanh';

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
  const fields = async () => (await heard(page)).errors.map(({ field }) => field);
  await eventually(fields, (seen) => assert.deepEqual(seen, [...Array(5).fill('config'), ...Array(5).fill('speed')]));
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
    // One that is slow to begin would be replaced by another, whose memory is whole.
    const later = window.setTimeout;
    window.setTimeout = (call, wait, ...rest) => (wait === 300 ? 0 : later(call, wait, ...rest));
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
