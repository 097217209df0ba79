/**
 * The widget in the barest host that follows the anywidget convention: an object with `get`, `set`, `save_changes`, `on`
 * and `off`, and an element to render into. Notebooks that are no Jupyter, and books made by MyST, are such hosts.
 */
import assert from 'node:assert/strict';
import { eventually } from '../browser/lab.mjs';
import { pageTest } from '../browser/site.mjs';
import { host } from './hosts.mjs';
import { labState, widgetFolder } from './python.mjs';

const WIDGET = `${await host(await widgetFolder(), { 'Access-Control-Allow-Origin': '*' })}widget.js`;

/** The page of the host. It says so if the widget uses more of a model than the convention has. */
const HOST = `<!doctype html><html lang="en"><meta charset="utf-8" /><link rel="icon" href="data:," /><title>A host</title>
<body><script type="module">
  import widget from '${WIDGET}';
  class Model {
    #state; #listeners = new Map(); #changed = new Set();
    sent = [];
    constructor(state) { this.#state = state; }
    get(name) { return this.#state[name]; }
    set(name, value) {
      if (this.#state[name] === value) return;
      this.#state[name] = value;
      this.#changed.add(name);
      for (const listener of [...this.#listeners.get('change:' + name) ?? []]) listener();
    }
    save_changes() {
      if (this.#changed.size > 0) this.sent.push(Object.fromEntries([...this.#changed].map((name) => [name, this.#state[name]])));
      this.#changed.clear();
    }
    on(event, listener) { this.#listeners.set(event, [...this.#listeners.get(event) ?? [], listener]); }
    off(event, listener) { this.#listeners.set(event, (this.#listeners.get(event) ?? []).filter((each) => each !== listener)); }
    /** As the other side does: all traits first, then who listens. */
    receive(state) {
      Object.assign(this.#state, state);
      for (const name of Object.keys(state)) for (const listener of [...this.#listeners.get('change:' + name) ?? []]) listener();
    }
    get listenerCount() { return [...this.#listeners.values()].flat().length; }
  }
  window.make = (state) => (window.model = new Model(state));
  window.outputs = [];
  window.show = async (root = document.body) => {
    const el = document.createElement('div');
    root.append(el);
    const remove = await widget.render({ model, el });
    outputs.push({ el, remove: () => { el.remove(); remove(); } });
  };
  window.labs = () => outputs.map(({ el }) => el.querySelector('gradient-flow'));
  window.isReady = true;
</script></body></html>`;

/** @param {string} name @param {string | Record<string, unknown>} state Of the model, or the Python that makes a lab. @param {(page: import('playwright-core').Page) => Promise<void>} work */
function hostTest(name, state, work) {
  pageTest(name, { path: 'host.html', pages: { 'host.html': HOST } }, async (page) => {
    await page.waitForFunction(() => window.isReady);
    await page.evaluate((state) => void make(state), typeof state === 'string' ? await labState(state) : state);
    await work(page);
  });
}
/** The element has made so many steps. @param {import('playwright-core').Page} page @param {number} step */
const isAt = (page, step) => page.waitForFunction((step) => labs().some((lab) => lab?.snapshot?.step === step), step);
const command = (...command) => (page) => page.evaluate((command) => model.receive({ _commands: [...model.get('_commands'), command] }), command);

hostTest('what Python made is shown, and what it asked for is done in order, once', 'lab = Lab(depth=3, width=8, data="iris", speed=20, charts=["loss"], height=300)\nlab.step(4)\nlab.depth = 5\nlab.step(2)', async (page) => {
  await page.evaluate(() => show());
  // The first network may be seen at this step too.
  await page.waitForFunction(() => labs()[0]?.snapshot?.layers.dw_rms.length === 6);
  await isAt(page, 2);
  const [lab] = await page.evaluate(() => labs().map((lab) => ({ layers: lab.snapshot.layers.dw_rms.length, charts: lab.charts, speed: lab.speed, height: lab.style.height, data: lab.config.data })));
  assert.deepEqual(lab, { layers: 6, charts: 'loss', speed: '20', height: '300px', data: 'iris' });
  // Each command is told to be begun; the steps of the first network were made before the second one was built.
  await eventually(
    () => page.evaluate(() => model.sent.flatMap(({ _begun }) => _begun ?? [])),
    (begun) => assert.deepEqual(begun, [1, 2, 3]),
  );
  // Python's own values are not written back, and the snapshot's arrays are bytes.
  await page.waitForFunction(() => model.get('snapshot').step === 2);
  const told = await page.evaluate(() => [...new Set(model.sent.flatMap(Object.keys))].sort());
  assert.deepEqual(told, ['_begun', '_owner', 'diagnosis', 'snapshot']);
  assert.deepEqual(await page.evaluate(() => { const { dw_rms } = model.get('snapshot').layers; return [dw_rms instanceof DataView, dw_rms.byteLength, dw_rms.buffer.byteLength]; }), [true, 24, 24]);
  // What it was asked for is not done again when it is shown again.
  await page.evaluate(() => outputs[0].remove());
  assert.equal(await page.evaluate(() => model.listenerCount), 0);
  await page.evaluate(() => show());
  await isAt(page, 0);
  await command(4, 'step', [3], 3)(page);
  await isAt(page, 3);
});

hostTest('explicit values are set even if they are the defaults of other settings', 'lab = Lab(activation="prelu", slope=0.01, depth=3)', async (page) => {
  await page.evaluate(() => show());
  await isAt(page, 0);
  assert.equal(await page.evaluate(() => labs()[0].config.slope), 0.01);
  assert.equal(await page.evaluate(() => model.get('slope')), 0.01);
});

hostTest('of several outputs one shows the laboratory, which keeps its run', 'lab = Lab(depth=3, width=8, data="iris")', async (page) => {
  await page.evaluate(() => show());
  await isAt(page, 0);
  await command(1, 'step', [5], 0)(page);
  await isAt(page, 5);
  await page.evaluate(() => show());
  const shown = () => page.evaluate(() => labs().map((lab) => lab?.snapshot?.step ?? null));
  await eventually(shown, (steps) => assert.deepEqual(steps, [null, 5]));
  await command(2, 'step', [2], 1)(page);
  await isAt(page, 7);
  await page.getByRole('button', { name: 'Show it here' }).click();
  await eventually(shown, (steps) => assert.deepEqual(steps, [7, null]));
  await page.evaluate(() => outputs[0].remove());
  await command(3, 'step', [1], 2)(page);
  // It was removed from its output, and at once was in the other one.
  await page.waitForFunction(() => labs()[1]?.snapshot?.step >= 1);
  await page.evaluate(() => outputs[1].remove());
  assert.deepEqual(await page.evaluate(() => [model.listenerCount, document.querySelectorAll('gradient-flow').length]), [0, 0]);
});

hostTest('another page that shows the notebook takes over', 'lab = Lab(depth=3)', async (page) => {
  await page.evaluate(() => show());
  await isAt(page, 0);
  await page.evaluate(() => model.receive({ _owner: 'another page' }));
  await page.getByText('This laboratory is shown in another output').waitFor();
  assert.equal(await page.locator('gradient-flow').count(), 0);
  await page.getByRole('button', { name: 'Show it here' }).click();
  await page.locator('gradient-flow').waitFor();
  assert.notEqual(await page.evaluate(() => model.get('_owner')), 'another page');
});

hostTest('a pause of a later cell ends steps, one of the same cell waits for them', 'lab = Lab(depth=3, width=8, data="iris")\nlab.step(20)\nlab.pause()\nlab.pin()', async (page) => {
  await page.evaluate(() => show());
  await isAt(page, 20);
  await command(4, 'step', [1e9], 3)(page);
  await page.waitForFunction(() => labs()[0].snapshot.step > 100);
  // Steps that wait are ended too; what else waits is done.
  await command(5, 'step', [1e9], 3)(page);
  await command(6, 'pause', [], 5)(page);
  await page.waitForFunction(() => model.get('_begun') === 6);
  await command(7, 'reset', [], 6)(page);
  await isAt(page, 0);
  assert.equal(await page.evaluate(() => model.get('error')), '');
  // A change of a later cell acts while steps are under way.
  await command(8, 'step', [1e9], 7)(page);
  await page.waitForFunction(() => labs()[0].snapshot.step > 100);
  await page.evaluate(() => model.receive({ learning_rate: 0.5 }));
  await page.waitForFunction(() => labs()[0].config.learning_rate === 0.5);
  await command(9, 'pause', [], 8)(page);
  await page.waitForFunction(() => model.get('_begun') === 9);
});

hostTest('controls of the page arrive in the traits, and what the page refuses is taken back', 'lab = Lab(depth=3, width=8, data="iris", controls=["depth"], speed="max")', async (page) => {
  await page.evaluate(() => show());
  await isAt(page, 0);
  await page.evaluate(() => (labs()[0].config = { depth: 7 }));
  await page.waitForFunction(() => model.get('depth') === 7);
  await page.evaluate(() => (labs()[0].speed = '50'));
  await page.waitForFunction(() => model.get('speed') === 50);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(() => model.get('running') === true);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.waitForFunction(() => model.get('running') === false);
  // No table was given to the page.
  await page.evaluate(() => model.receive({ data: 'upload' }));
  await page.waitForFunction(() => model.get('data') === 'iris' && /own data/.test(model.get('error')));
});

hostTest('a model with some traits only, within a shadow root, as in a book made by MyST', { depth: 4, charts: ['signals'] }, async (page) => {
  await page.evaluate(() => show(document.body.appendChild(document.createElement('section')).attachShadow({ mode: 'open' })));
  await isAt(page, 0);
  assert.deepEqual(await page.evaluate(() => [labs()[0].config.depth, labs()[0].config.width, labs()[0].charts]), [4, 64, 'signals']);
});

pageTest('a browser that lacks something is told in the output, and Python too', { path: 'host.html', pages: { 'host.html': HOST } }, async (page) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'DecompressionStream'));
  await page.reload();
  await page.waitForFunction(() => window.isReady);
  await page.evaluate(() => (make({ depth: 3, error: '' }), show()));
  const sentence = 'Gradient Flow cannot run in this browser, which lacks DecompressionStream.';
  await page.getByText(sentence).waitFor();
  assert.equal(await page.evaluate(() => model.get('error')), sentence);
});
