import assert from 'node:assert/strict';
import { config, eventually, pictures, ready, rebuild, reset, settled, snapshot, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

pageTest("a step changes every layer's dW", {}, async (page) => {
  await ready(page);
  const before = await snapshot(page);
  const drawnBefore = await pictures(page);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step === 1);
  const after = await snapshot(page);
  for (const [layer, rms] of before.layers.dw_rms.entries()) {
    assert.ok(rms > 0, `layer ${layer + 1} has a gradient`);
    assert.notEqual(after.layers.dw_rms[layer], rms, `layer ${layer + 1}`);
    assert.ok(after.layers.update_rms[layer] > 0, `layer ${layer + 1} was updated`);
  }
  const drawnAfter = await pictures(page);
  for (const id of Object.keys(drawnBefore)) assert.notEqual(drawnAfter[id], drawnBefore[id], `chart ${id}`);
});

pageTest('it runs, and stops when told', {}, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step >= 5);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('gradient-flow').running), false);
  // A request answered after the pause shows that no more steps are on their way.
  const { step: stopped } = await step(page, 0);
  assert.equal((await step(page, 0)).step, stopped);
});

pageTest('between looks a snapshot has the histograms of the last look, and fresh ones where a chart shows them', { path: '#depth=60&width=64' }, async (page) => {
  await ready(page);
  /** Runs until some snapshots were no looks; the lengths of their histograms, and which of them are fresh. */
  const between = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const lab = document.querySelector('gradient-flow');
          const seen = [];
          let before = lab.snapshot;
          const hear = ({ detail }) => {
            const fresh = (name) => detail.histograms[name] !== before.histograms[name];
            if (detail.step > 0 && detail.test_step < detail.step) {
              seen.push({ lengths: ['dw', 'a', 'z', 'u'].map((name) => detail.histograms[name].length), dw: fresh('dw'), u: fresh('u') });
            }
            before = detail;
            if (seen.length < 5) return;
            lab.removeEventListener('gradient-flow-snapshot', hear);
            lab.pause();
            resolve(seen);
          };
          lab.addEventListener('gradient-flow-snapshot', hear);
          lab.setAttribute('speed', 'max');
          lab.run();
        }),
    );
  const lengths = [61 * 170, 61 * 130, 61 * 130, 61 * 130];
  for (const seen of await between()) assert.deepEqual(seen, { lengths, dw: true, u: false });
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'saturation'));
  for (const seen of await between()) assert.deepEqual(seen, { lengths, dw: true, u: true });
});

pageTest('a network whose step takes longer than a picture is shown at most of its steps', { path: '#depth=20&width=256&activation=relu&init=he_normal&learning-rate=0.0001' }, async (page) => {
  await ready(page);
  // Wherever the page is not kept from drawing by others: of thirty steps in a row more than 0.6 are shown.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const lab = document.querySelector('gradient-flow');
        const shown = [];
        lab.addEventListener('gradient-flow-snapshot', ({ detail: { step } }) => {
          shown.push(step);
          if (step >= 30 && shown.filter((other) => other > step - 30).length > 18) resolve();
        });
        lab.setAttribute('speed', 'max');
        lab.run();
      }),
  );
});

pageTest('words change at a pace that one can read, and are those of the last snapshot at the end', {}, async (page) => {
  await ready(page);
  await settled(page);
  // The page's clock stands still, and what is to happen within a tenth of a second is kept back.
  await page.evaluate(() => {
    let now = performance.now();
    performance.now = () => now;
    window.later = [];
    const real = window.setTimeout;
    window.setTimeout = (call, wait, ...rest) => (wait > 0 && wait <= 500 ? window.later.push(call) : real(call, wait, ...rest));
    window.pass = (milliseconds) => {
      now += milliseconds;
      for (const call of window.later.splice(0)) call();
    };
    const lab = document.querySelector('gradient-flow');
    window.changes = [];
    window.verdicts = 0;
    lab.addEventListener('gradient-flow-diagnosis', () => (window.verdicts += 1));
    const readout = lab.shadowRoot.querySelector('[data-readout="step"] b');
    new MutationObserver(() => window.changes.push(Number(readout.textContent))).observe(readout, { childList: true, characterData: true, subtree: true });
    window.pass(1000);
    lab.setAttribute('speed', 'max');
    lab.run();
  });
  /** Waits for so many more snapshots, however many steps that are; the changes of the words until then. */
  const snapshots = (count) =>
    page.evaluate(
      (count) =>
        new Promise((resolve) => {
          const lab = document.querySelector('gradient-flow');
          const hear = () => {
            count -= 1;
            if (count > 0) return;
            lab.removeEventListener('gradient-flow-snapshot', hear);
            resolve({ changes: window.changes.length, verdicts: window.verdicts });
          };
          lab.addEventListener('gradient-flow-snapshot', hear);
        }),
      count,
    );
  // The first one is told at once, and a new verdict is; all else waits.
  const first = await snapshots(20);
  assert.ok(first.changes >= 1 && first.changes <= 1 + first.verdicts, JSON.stringify(first));
  const second = await snapshots(20);
  assert.ok(second.changes <= 1 + second.verdicts, JSON.stringify(second));
  // When the time has passed, the words are those of the newest snapshot.
  await page.evaluate(() => window.pass(100));
  const third = await snapshots(1);
  assert.ok(third.changes > second.changes, JSON.stringify(third));
  // Whatever is kept back: at the end the last snapshot is told.
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
  const { step: last } = await step(page, 0);
  const readout = page.locator('[data-readout="step"] b');
  await eventually(() => readout.textContent(), (text) => assert.equal(text, String(last)));
});

pageTest('a snapshot is the same as the trainer packs it; words that are cut short are refused', { path: '#data=circle&depth=2&charts=signals+boundary' }, async (page) => {
  await ready(page);
  await step(page, 3);
  const seen = await page.evaluate(async () => {
    const [{ wasm }, { unpack }] = await Promise.all([import(`${window.ASSETS}shared/wasm.js`), import(`${window.ASSETS}training/snapshot.js`)]);
    const { snapshot, config } = document.querySelector('gradient-flow');
    // The same run without a worker.
    const trainer = new wasm.Trainer(JSON.stringify(config), undefined);
    trainer.watch(false, true, false, -1);
    trainer.advance(3);
    const packed = trainer.snapshot(true);
    const { words, classes, first_nonfinite } = packed;
    const plain = (value) => JSON.stringify(value, (_, part) => (part instanceof Float32Array ? Array.from(part, String) : part));
    const push = (words) => {
      try {
        return new wasm.Charts().push(words, classes, first_nonfinite);
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    };
    // Of the log one has the steps since the last snapshot.
    const sorted = (object) => Object.fromEntries(Object.entries({ ...object, log: null }).sort());
    return {
      arrays: ['surface', 'x', 'confusion'].map((name) => snapshot.predictions[name].length),
      before: plain(sorted(snapshot)),
      after: plain(sorted(unpack(packed))),
      whole: push(words),
      short: [3, 40, words.length - 1].map((length) => push(words.slice(0, length))),
    };
  });
  assert.ok(seen.arrays[0] === 48 * 48 && seen.arrays[1] > 0, 'an array of every kind');
  assert.equal(seen.after, seen.before);
  assert.equal(seen.whole, 'healthy');
  for (const refused of seen.short) assert.equal(refused, 'TypeError: the words of a snapshot are not all there');
});

pageTest('depth builds another network and draws it', {}, async (page) => {
  await ready(page);
  const before = await pictures(page);
  const slider = page.getByRole('slider', { name: 'Depth' });
  await rebuild(page, () => slider.press('ArrowRight'));
  assert.equal((await config(page)).depth, 11);
  assert.equal((await snapshot(page)).layers.dw_rms.length, 12);
  await eventually(() => page.getByRole('textbox', { name: 'Depth' }).inputValue(), (text) => assert.equal(text, '11'));
  const after = await pictures(page);
  for (const id of ['signals', 'histograms', 'history']) assert.notEqual(after[id], before[id], `chart ${id}`);
});

pageTest('activation changes what every layer sends back', {}, async (page) => {
  await ready(page);
  const before = await snapshot(page);
  const drawnBefore = await pictures(page);
  await rebuild(page, () => page.getByRole('combobox', { name: 'Activation' }).selectOption('relu'));
  const after = await snapshot(page);
  for (const [layer, rms] of before.layers.delta_rms.entries()) {
    assert.notEqual(after.layers.delta_rms[layer], rms, `layer ${layer + 1}`);
  }
  assert.notEqual((await pictures(page)).signals, drawnBefore.signals);
});

pageTest('learning rate acts on the next step; the same settings draw the same picture', {}, async (page) => {
  await ready(page);
  await step(page, 5);
  const usual = await pictures(page);

  // Far enough for five steps to show on the loss's small chart.
  for (let i = 0; i < 4; i += 1) await page.getByRole('slider', { name: 'Learning rate' }).press('PageUp');
  const { learning_rate } = await config(page);
  assert.ok(learning_rate > 0.1, `${learning_rate}`);
  assert.equal((await snapshot(page)).step, 5, 'the run goes on');
  await reset(page);
  await step(page, 5);
  const faster = await pictures(page);
  assert.notEqual(faster.signals, usual.signals);
  assert.notEqual(faster.loss, usual.loss);

  await page.getByRole('button', { name: 'Learning rate: back to 0.1' }).click();
  await reset(page);
  await step(page, 5);
  assert.deepEqual(await pictures(page), usual);
});

const EXPLODES = 'activation=relu&init=he_normal&learning-rate=100';

pageTest('a network that overflows stops and says where', { path: `#${EXPLODES}` }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const sentence = page.getByRole('status').filter({ hasText: 'Overflow' });
  await sentence.waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();

  const { first_nonfinite: found, step: stopped } = await snapshot(page);
  await eventually(() => sentence.textContent(), (text) => {
    assert.match(text, new RegExp(`step ${found.step}\\b`));
    assert.match(text, new RegExp(`layer ${found.layer}\\b`));
    assert.ok(text.includes(found.tensor) && text.includes(found.operation), text);
  });
  await picture(page, 'overflow');

  assert.equal((await step(page, 1)).step, stopped, 'no step leads on from there');
  await rebuild(page, () => page.getByRole('combobox', { name: 'Activation' }).selectOption('tanh'));
  assert.equal((await step(page, 1)).step, 1, 'another network trains');
});
