import assert from 'node:assert/strict';
import { config, eventually, ready, rebuild, settled, snapshot, step } from './lab.mjs';
import { pageTest } from './site.mjs';

pageTest('reload brings back the same run', { path: '#depth=5&data=spiral' }, async (page) => {
  await ready(page);
  await rebuild(page, () => page.getByRole('combobox', { name: 'Activation' }).selectOption('tanh'));
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0.05');
  await page.getByRole('textbox', { name: 'Learning rate' }).press('Enter');
  await settled(page);
  const before = await step(page, 7);
  const settings = await config(page);
  await page.waitForFunction(() => {
    const state = new URLSearchParams(location.hash.slice(1));
    return state.get('activation') === 'tanh' && state.get('learning-rate') === '0.05';
  });

  await page.reload();
  await ready(page);
  assert.deepEqual(await config(page), settings);
  await eventually(() => page.getByRole('combobox', { name: 'Activation' }).inputValue(), (value) => assert.equal(value, 'tanh'));
  // Samples are among the numbers once they are in sight.
  await settled(page);
  const { log, ...numbers } = await step(page, 7);
  const { log: _, ...expected } = before;
  assert.deepEqual(numbers, expected);
});

pageTest('an edited address is followed', {}, async (page) => {
  await ready(page);
  await rebuild(page, () => page.evaluate(() => (location.hash = '#depth=3&width=16')));
  const { depth, width, activation } = await config(page);
  assert.deepEqual([depth, width, activation], [3, 16, 'sigmoid']);
  assert.equal((await snapshot(page)).layers.dw_rms.length, 4);
});

pageTest('an address that is edited while a change is about to be written is followed', {}, async (page) => {
  await ready(page);
  await page.evaluate(async () => {
    document.querySelector('gradient-flow').theme = 'dark';
    await new Promise((resolve) => setTimeout(resolve));
    // The page is busy until the change is due, and is then edited before it can be written.
    for (const end = performance.now() + 400; performance.now() < end; );
    location.hash = '#depth=3&theme=light';
  });
  await page.waitForFunction(() => document.querySelector('gradient-flow').config.depth === 3);
  await eventually(() => page.evaluate(() => location.hash), (hash) => assert.match(hash, /depth=3/));
});

for (const [fragment, parts] of [
  ['depth=1000', ['depth', '1000', '1 to 100']],
  ['learning-rate=fast', ['learning-rate', 'fast', '0.000001 to 100']],
  ['activation=swish', ['activation', 'swish', 'sigmoid']],
  ['dpeth=3', ['dpeth']],
  ['speed=never', ['speed', 'never']],
  ['keys=never', ['keys', 'never', 'on, off']],
  ['depth=', ['depth cannot be "". Allowed']],
  ['seed=+5', ['seed cannot be " 5". Allowed']],
  [`momentum=${'9'.repeat(1e5)}`, [`momentum cannot be ${'9'.repeat(80)}…. Allowed`]],
]) {
  pageTest(`#${fragment.slice(0, 30)} is refused with a message, and the page works`, { path: `#${fragment}&width=32` }, async (page) => {
    await ready(page);
    const alert = page.getByRole('alert').filter({ hasText: 'cannot be' });
    await alert.waitFor();
    await eventually(() => alert.textContent(), (text) => {
      for (const part of parts) assert.ok(text.includes(part), `"${part}" in "${text}"`);
    });

    const { depth, width, activation, learning_rate } = await config(page);
    assert.deepEqual([depth, width, activation, learning_rate], [10, 32, 'sigmoid', 0.1], 'what was right is kept');
    assert.equal((await step(page, 2)).step, 2);
  });
}

pageTest('a typed value out of range is refused beside its field', {}, async (page) => {
  await ready(page);
  const input = page.getByRole('textbox', { name: 'Depth' });
  await input.fill('101');
  await input.press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: '101' });
  await alert.waitFor();
  assert.match(await alert.textContent(), /1 to 100/);
  await input.blur();
  await eventually(() => input.inputValue(), (text) => assert.equal(text, '10', 'the last good value comes back'));
  assert.equal((await config(page)).depth, 10);
});
