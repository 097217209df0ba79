/** What is asked that cannot be, or would take long or much: it is refused by name, or made in slices. */
import assert from 'node:assert/strict';
import { config, eventually, ready, snapshot, step } from './lab.mjs';
import { cells, csv, heard, listen, outcome, trainer } from './said.mjs';
import { pageTest, picture } from './site.mjs';

const SMALL = 'depth=3&width=8&activation=tanh';

const CALLS = /** @type {const} */ ([
  ['step(-1)', 'count'], ['step(1.5)', 'count'], ['step(NaN)', 'count'], ["step('x')", 'count'], ['step(null)', 'count'], ['step({})', 'count'], ['step(2 ** 32 + 3)', 'count'],
  ['run(0)', 'limit'], ['run(-3)', 'limit'], ["run('x')", 'limit'], ['run({})', 'limit'], ['run(NaN)', 'limit'],
  ['step(5n)', 'count'], ["step(Symbol('3'))", 'count'], ['step({ valueOf() { throw 1; } })', 'count'], ['run(true)', 'limit'],
  ['toLink({ moment: 1 })', 'options.moment'], ['toLink(new Map())', 'options'], ["useTable('a,b', new Date())", 'reading'],
  ["useTable('a,b', { name: 5 })", 'reading.name'], ["useTable('a,b', { name: {} })", 'reading.name'], ["useTable('a,b', { get name() { throw Error('no'); } })", 'reading.name'],
  ['useTable(5)', 'csv'], ["useTable('a,b', 5)", 'reading'], ["useTable('a,b', { tarket: 1 })", 'reading.tarket'],
  ['toSVG()', 'chart'], ['toPNG(5)', 'chart'], ['toCSV(5)', 'onprogress'],
]);

pageTest('every method checks its arguments, and names them', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await step(page, 2);
  for (const [call, field] of CALLS) {
    const refused = await outcome(page, call);
    assert.deepEqual([refused.name, refused.field], ['ArgumentError', field], call);
    assert.match(refused.message, /cannot be .* Allowed: [^=]+\.$/, call);
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

/** Values that JSON does not know, or that are none; and the setting that each is refused for. */
const VALUES = [
  ['{ depth: NaN }', 'depth', 'NaN'], ['{ depth: Infinity }', 'depth', 'Infinity'], ['{ depth: Symbol("deep") }', 'depth', 'Symbol(deep)'], ['{ depth: () => 5 }', 'depth', '() => 5'],
  ['{ depth: [5] }', 'depth', '[5]'], ['{ depth: { a: { b: 1 } } }', 'depth', '{"a":{"b":1}}'], ['{ depth: "" }', 'depth', '""'], ['{ depth: " 5 " }', 'depth', '" 5 "'],
  ['{ depth: "\\ud800" }', 'depth', '\ufffd'], ['{ depth: "x".repeat(1e6) }', 'depth', `${'x'.repeat(80)}…`], ['{ get depth() { throw Error("no"); } }', 'depth', 'Error: no'],
  ['{ depth: (() => { const loop = {}; loop.loop = loop; return loop; })() }', 'depth', '[object Object]'], ['{ ["y".repeat(1e6)]: 1 }', `${'y'.repeat(80)}…`, '1'],
  ['new Map([["depth", 5]])', 'config', '[object Map]'], ['new URLSearchParams("depth=5")', 'config', 'depth=5'], ['new Proxy({}, { ownKeys() { throw Error("no"); } })', 'config', '[object Object]'],
];

pageTest('values of any kind are refused by name, and what stands beside them holds', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await listen(page);
  for (const [at, [patch, field, value]] of VALUES.entries()) {
    await page.evaluate(([patch, width]) => {
      const value = new Function(`return ${patch}`)();
      if (width) Object.defineProperty(value, 'width', { value: width, enumerable: true });
      document.querySelector('gradient-flow').config = value;
    }, /** @type {const} */ ([patch, field === 'config' ? 0 : 9 + at]));
    const { errors } = await heard(page);
    assert.ok(errors.at(-1).message.startsWith(`${field} cannot be ${value}. Allowed: `), errors.at(-1).message);
    assert.equal(errors.at(-1).name, 'ConfigError');
    assert.equal(errors.length, at + 1, patch);
    if (field !== 'config') assert.equal((await config(page)).width, 9 + at, patch);
  }
  const alert = page.getByRole('alert').filter({ hasText: 'cannot be' });
  await alert.waitFor();
  assert.ok((await alert.textContent()).length < 10_000);
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 4n, momentum: new Number(0.5) }));
  const { depth, momentum } = await config(page);
  assert.deepEqual([depth, momentum], [4, 0.5]);
  assert.equal((await step(page, 1)).step, 1);
});

pageTest('how a table is read is never ignored', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  for (const [reading, refused] of [['{ seed: NaN }', 'seed cannot be "NaN"'], ['{ header: Symbol("yes") }', 'header cannot be "Symbol(yes)"'], ['{ target: 5n }', 'target cannot be'], ['{ task: () => 1 }', 'task cannot be'], ['{ get decimal() { throw Error("no"); } }', 'decimal cannot be "Error: no"']]) {
    const { name, message } = await outcome(page, `useTable('a,b\\n1,x\\n2,y\\n3,x', ${reading})`);
    assert.equal(name, 'ConfigError', reading);
    assert.ok(message.startsWith(refused), message);
  }
});

pageTest('what comes right after steps stops them, or comes after them', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  const told = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const end = (promise) => promise.then(({ step }) => step, ({ name }) => name);
    const ends = [];
    const [pause, reset, rebuild] = [() => lab.pause(), () => lab.reset(), () => (lab.config = { depth: 4 })];
    const [many, far] = [() => lab.step(1e9), () => lab.goTo(1e7)];
    for (const [begin, act] of [[many, pause], [many, reset], [many, rebuild], [far, pause], [far, reset]]) {
      const ended = end(begin());
      act();
      ends.push(await ended);
    }
    // Before there is a network too.
    const other = Object.assign(document.createElement('gradient-flow'), { config: { depth: 2, width: 4 } });
    document.body.append(other);
    const early = end(other.step(1e9));
    other.pause();
    const ahead = await early;
    other.remove();
    // An attribute that was set before counts, and a live change that comes after holds since then.
    lab.setAttribute('depth', '5');
    const layers = (await lab.step(1)).layers.dw_rms.length;
    const steps = end(lab.step(3));
    lab.config = { learning_rate: 0.25 };
    const at = await steps;
    await lab.step(1);
    const rates = lab.toJSON().history.learning_rate;
    return { ends, ahead, layers, at, rates };
  });
  assert.deepEqual(told.ends, Array(5).fill('AbortError'));
  assert.deepEqual([told.ahead, told.layers, told.at], ['AbortError', 6, 4]);
  assert.deepEqual([told.rates[1], told.rates.at(-1)], [0.1, 0.25]);
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
  for (const call of ["toPNG('history', 1e9, 1e9)", "toPNG('boundary', 40000, 40000, 1)", "toSVG('signals', 1e9, 1e9)", "toSVG('loss', NaN, 5)", "toSVG('loss', -3)", "toPNG('loss', 400, 300, 0)", "toPNG('loss', 400, '3px')", "toSVG('loss', '300')", "toSVG('loss', [300])", "toSVG('loss', 300, true)", "toPNG('loss', 5n)", "toPNG('loss', 300, 200, Symbol('2'))", "toPNG('loss', {})", "toSVG('loss', null)", "toSVG('')"]) {
    const { name, message } = await outcome(page, call);
    assert.equal(name, 'RangeError', call);
    assert.match(message, /(width|height|width × height|scale|chart) cannot be .{1,90}\. Allowed: [^=]*( at scale = .*)?\.$/, call);
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

pageTest('what was given is repeated so that one sees what it is', { path: `#depth=&width=%205&activation=re%E2%80%AElu&init=${'a'.repeat(5000)}&speed=` }, async (page) => {
  await ready(page);
  const told = page.getByRole('alert').filter({ hasText: 'depth' });
  await told.waitFor();
  for (const part of ['depth cannot be "".', 'activation cannot be "re\\u{202e}lu".', `init cannot be ${'a'.repeat(80)}….`, 'speed cannot be "".']) {
    assert.ok((await told.textContent()).includes(part), part);
  }
});
