/** The core of the laboratory in the engine that ENGINE names: it loads, trains, draws, obeys, and computes the same bits. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertSameBits, native } from '../browser/native.mjs';
import { Face } from './face.mjs';

const { ENGINE, SITE_FOLDER } = process.env;

/** Longest time for a whole test; WebKit makes about a third of Chromium's steps a second. */
const TEST_TIMEOUT = 240_000;

/** @type {Face} */
let face;
before(async () => (face = await Face.start()), { timeout: TEST_TIMEOUT });
after(() => face?.close());

/** A test on a page, which fails when the page complains. @param {string} name @param {string} path @param {() => Promise<void>} work */
function engineTest(name, path, work) {
  test(`${ENGINE}: ${name}`, { timeout: TEST_TIMEOUT }, async () => {
    await face.open(path);
    try {
      await face.waitFor(() => document.querySelector('gradient-flow')?.snapshot !== undefined);
      await work();
      assert.deepEqual(await face.errors(), []);
    } catch (error) {
      await face.screenshot(`failed ${name}`);
      throw error;
    }
  });
}

/** Makes steps; the snapshot after them. @param {number} count */
const step = (count) => face.evaluate((count) => document.querySelector('gradient-flow').step(count), count);

/** Each chart's picture, and how many colours it has. @returns {Promise<Record<string, { url: string, colours: number }>>} */
const pictures = () =>
  face.evaluate(() => {
    const figures = document.querySelector('gradient-flow').shadowRoot.querySelectorAll('figure[data-chart]');
    return Object.fromEntries(
      Array.from(figures, (figure) => {
        const canvas = figure.querySelector('canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return [figure.dataset.chart, { url: canvas.toDataURL(), colours: new Set(new Uint32Array(data.buffer)).size }];
      }),
    );
  });

/** Reads the pictures until a check of them passes. @param {(pictures: any) => boolean} check @param {string} what */
async function drawn(check, what) {
  const end = Date.now() + 30_000;
  for (;;) {
    const seen = await pictures();
    if (check(seen)) return seen;
    assert.ok(Date.now() < end, `${what}: ${JSON.stringify(seen, (key, value) => (key === 'url' ? value.slice(-40) : value))}`);
  }
}

/** What only this engine calls itself. */
const NAMES = { chromium: /Chrome\//, firefox: /Firefox\//, webkit: /^(?!.*Chrome\/).*AppleWebKit\// };

engineTest('it is this engine', 'embed.html#depth=2&width=4', async () => {
  assert.match(await face.evaluate(() => navigator.userAgent), NAMES[ENGINE]);
});

test(`${ENGINE}: what a page complains of is heard`, { timeout: TEST_TIMEOUT }, async () => {
  await face.open('embed.html#depth=2&width=4');
  await face.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown on purpose');
    });
  });
  const end = Date.now() + 30_000;
  while (!(await face.errors()).some((text) => text.includes('thrown on purpose'))) assert.ok(Date.now() < end, 'the error is heard');
});

engineTest('the page loads, trains and stops', 'index.html#depth=4&width=8', async () => {
  await face.evaluate(() => document.querySelector('gradient-flow').pause());
  const before = (await step(0)).step;
  await face.click('.run');
  await face.waitFor((before) => document.querySelector('gradient-flow').snapshot.step > before + 10, before);
  await face.click('.run');
  await face.waitFor(() => !document.querySelector('gradient-flow').running);
  const { step: stopped, train_loss, layers } = await step(0);
  assert.equal((await step(0)).step, stopped, 'no further step is on its way');
  assert.ok(Number.isFinite(train_loss) && layers.dw_rms.length === 5 && layers.dw_rms.every((rms) => rms > 0), JSON.stringify(layers.dw_rms));
  // The words are those of the step at which it stopped.
  await face.waitFor((step) => document.querySelector('gradient-flow').shadowRoot.querySelector('[data-readout="step"] b').textContent === String(step), stopped);
});

engineTest('every chart is drawn, and drawn anew after steps', 'embed.html#depth=4&width=8&charts=signals+loss+history+histograms', async () => {
  const names = ['signals', 'loss', 'history', 'histograms'];
  await step(1);
  const before = await drawn((seen) => names.every((name) => seen[name]?.colours > 3), 'no chart is blank');
  await step(5);
  await drawn((seen) => names.every((name) => seen[name].url !== before[name].url), 'every chart shows the steps');
  const png = await face.screenshot('charts');
  assert.deepEqual([...png.subarray(1, 4)], [...'PNG'].map((letter) => letter.charCodeAt(0)));
});

engineTest('a slider that is dragged changes the network', 'embed.html#depth=4&width=8&controls=depth+learning_rate', async () => {
  const slider = '[data-field="depth"] input[type="range"]';
  const place = () => face.evaluate((selector) => {
    const { value, max } = document.querySelector('gradient-flow').shadowRoot.querySelector(selector);
    return value / max;
  }, slider);
  await face.drag(slider, await place(), 0.9);
  const depth = await face.waitFor(() => {
    const { config, snapshot } = document.querySelector('gradient-flow');
    return config.depth > 20 && snapshot.layers.dw_rms.length === config.depth + 1 && config.depth;
  });
  await face.waitFor((depth) => document.querySelector('gradient-flow').shadowRoot.querySelector('[data-field="depth"] input:not([type="range"])').value === String(depth), depth);
  await face.waitFor((depth) => location.hash.includes(`depth=${depth}`), depth);
  assert.equal((await step(2)).layers.dw_rms.length, depth + 1);
  // And by keys, from where it was left.
  await face.evaluate((selector) => document.querySelector('gradient-flow').shadowRoot.querySelector(selector).focus(), slider);
  await face.keys('ArrowRight');
  await face.waitFor((depth) => document.querySelector('gradient-flow').config.depth === depth + 1, depth);
});

engineTest('a dialog opens and closes by keyboard', 'index.html#depth=3&width=8', async () => {
  await face.evaluate(() => document.querySelector('gradient-flow').pause());
  await face.evaluate(() => document.querySelector('gradient-flow').shadowRoot.querySelector('button.share').focus());
  await face.keys('Enter');
  await face.waitFor(() => {
    const dialog = document.querySelector('gradient-flow').shadowRoot.querySelector('dialog');
    // Focus is in it: what is outside cannot be reached.
    return dialog?.open && dialog.contains(document.querySelector('gradient-flow').shadowRoot.activeElement);
  });
  await face.screenshot('dialog');
  await face.keys('Escape');
  await face.waitFor(() => !document.querySelector('gradient-flow').shadowRoot.querySelector('dialog'));
  await face.waitFor(() => document.querySelector('gradient-flow').shadowRoot.activeElement?.matches('button.share'));
});

engineTest('the one file runs from a disk', `${pathToFileURL(join(SITE_FOLDER, 'gradient-flow.html'))}#depth=5&data=iris`, async () => {
  await face.evaluate(() => document.querySelector('gradient-flow').reset());
  await face.waitFor(() => document.querySelector('gradient-flow').snapshot.step === 0);
  assertSameBits(await step(20), await native('depth=5&data=iris', 20));
  await drawn((seen) => Object.values(seen).length === 4 && Object.values(seen).every(({ colours }) => colours > 3), 'its charts are drawn');
});

for (const [query, steps] of [
  ['', 10],
  ['activation=relu&init=he_normal&optimizer=momentum&learning-rate=0.01', 30],
  ['data=spiral&activation=tanh&optimizer=adam&norm=batch&learning-rate=0.01&noise=0.1', 30],
  ['data=iris&activation=gelu&norm=layer&residual=true&optimizer=nesterov&learning-rate=0.01', 20],
  ['data=xor&activation=prelu&loss=bce&optimizer=adamw&batch-size=full&learning-rate=0.01', 20],
  ['activation=leaky_relu&init=he_uniform&learning-rate=100', 20],
  ['depth=3&width=42&batch-size=37&activation=tanh', 20],
]) {
  engineTest(`${steps} steps of ${query || 'the defaults'} equal the native core's`, `embed.html#${query}`, async () => {
    assertSameBits(await step(steps), await native(query, steps));
  });
}
