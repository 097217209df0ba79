/** Views are loaded when they are first shown; `network` shows one sample inside the network, and a step in slow motion. */
import assert from 'node:assert/strict';
import { eventually, ready, settled, snapshot, step, still } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const SMALL = 'data=xor&depth=3&width=8';
/** What the browser says of files that a test lets fail. */
const MISSING_FILE = /Failed to load|404|dynamically imported|request failed/;

const figure = (page) => page.locator('figure[data-chart="network"]');
const note = (page, words) => figure(page).locator('.note').filter({ hasText: words }).waitFor();
/** Whether something is drawn on the view's canvas. */
const isDrawn = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector('gradient-flow').shadowRoot.querySelector('figure[data-chart="network"] canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add(data[at] * 65536 + data[at + 1] * 256 + data[at + 2]);
    return colours.size > 10;
  });
const drawn = (page) => eventually(() => isDrawn(page), (is) => assert.ok(is, 'the network is drawn'));
const told = (page) => page.locator('.walk-told').innerText();
const stage = (page, words) => eventually(() => told(page), (text) => assert.match(text, words));
/** What the snapshot holds, without what came with the request. */
const numbers = async (page) => {
  const { step: at, layers, train_loss } = await snapshot(page);
  return { at, layers, train_loss };
};

pageTest('a view is loaded when it is first shown: by an attribute, a button or a link', { path: `#${SMALL}` }, async (page) => {
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const isLoaded = () => asked.some((name) => name.endsWith('/views/network/view.js'));
  await ready(page);
  await step(page, 1);
  assert.ok(!isLoaded(), 'nothing of it before it is shown');
  assert.equal((await snapshot(page)).passage, undefined, 'nothing is computed for it');
  // By its button, and away again.
  await page.locator('.view', { hasText: 'network' }).click();
  await note(page, 'Training sample 1 of');
  await drawn(page);
  assert.ok(isLoaded());
  await page.waitForFunction(() => location.hash.includes('network'));
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.passage);
  await page.locator('.view', { hasText: 'network' }).click();
  await figure(page).waitFor({ state: 'detached' });
  assert.equal((await step(page, 1)).passage, undefined, 'nothing is computed after it has been closed');
  // By a link.
  await page.goto('about:blank');
  await page.goto(new URL(`index.html#${SMALL}&charts=loss+network`, process.env.SITE).href);
  await ready(page);
  await note(page, 'Training sample 1 of');
  await drawn(page);
  // By an attribute; and it is shown again after it was away, with other charts beside it.
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'signals'));
  await figure(page).waitFor({ state: 'detached' });
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'network signals'));
  await note(page, 'Training sample 1 of');
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'loss network signals'));
  await note(page, 'Training sample 1 of');
  await drawn(page);
});

for (const file of ['views/network/network.css', 'views/network/view.js', 'words/en-network.js']) {
  pageTest(`without ${file} the view says so, and all else works`, { path: 'about:blank', expected: MISSING_FILE }, async (page) => {
    await page.route(`**/${file}`, (route) => route.fulfill({ status: 404, body: 'not here' }));
    await page.goto(new URL(`index.html#${SMALL}&charts=network+loss`, process.env.SITE).href);
    await ready(page);
    await note(page, /This view could not be loaded: ./);
    assert.equal((await step(page, 3)).step, 3);
    await page.locator('figure[data-chart="loss"] .note').filter({ hasText: /\S/ }).waitFor();
    const refused = await page.evaluate(async () => {
      const lab = document.querySelector('gradient-flow');
      return Promise.all(['toSVG', 'toPNG'].map((method) => Promise.resolve().then(() => lab[method]('network')).catch(({ name, message }) => `${name}: ${message}`)));
    });
    assert.deepEqual(refused.map((text) => text.replace(/ .*/, '')), ['InvalidStateError:', 'InvalidStateError:']);
    await page.unroute(`**/${file}`);
    await figure(page).getByRole('button', { name: 'Try again' }).click();
    await note(page, 'Training sample 1 of');
    await drawn(page);
  });
}

pageTest('the view is a chart: table, help, readout, layers, export, print', { path: '#depth=3&width=24&charts=network+signals' }, async (page) => {
  await ready(page);
  await step(page, 2);
  await note(page, 'Training sample 1 of 1438, class 9');
  const rows = await eventually(async () => {
    if (!(await figure(page).locator('tbody').count())) await figure(page).getByRole('button', { name: 'Show as a table' }).click();
    return figure(page).locator('tbody tr').evaluateAll((all) => all.map((row) => Array.from(row.cells, (cell) => cell.textContent)));
  }, (all) => assert.equal(all.length, 4));
  assert.equal(rows[3][0], 'output');
  await figure(page).getByRole('button', { name: 'Show as a table' }).click();
  const help = figure(page).getByRole('button', { name: 'What am I looking at?' });
  await help.click();
  await figure(page).locator('.help').filter({ hasText: 'Every column is a layer' }).waitFor();
  await help.click();
  // The arrow keys read units and select their layers.
  const canvas = figure(page).locator('canvas');
  await canvas.focus();
  for (let i = 0; i < 3; i += 1) await canvas.press('ArrowRight');
  await eventually(() => figure(page).locator('.readout').textContent(), (text) => assert.match(text, /^layer 1, unit \d+: a = .*, slope .*, δ = /));
  const svg = await page.evaluate(() => document.querySelector('gradient-flow').toSVG('network', 700, 300));
  assert.match(svg, /^<svg[^]*data → · ← gradient/);
  assert.ok((svg.match(/<line|<polyline/g) ?? []).length > 100);
  const png = await page.evaluate(async () => (await document.querySelector('gradient-flow').toPNG('network', 700, 300)).size);
  assert.ok(png > 5000, `${png} bytes`);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await eventually(() => figure(page).locator('.view-controls').isVisible(), (is) => assert.equal(is, false));
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
});

pageTest('the reader chooses the sample; looking at it changes nothing in the run', { path: '#depth=3&width=16&charts=network' }, async (page) => {
  await ready(page);
  const choice = figure(page).getByLabel('Sample', { exact: true });
  await eventually(() => choice.locator('option').count(), (count) => assert.equal(count, 24));
  await choice.selectOption({ index: 4 });
  await note(page, 'Training sample 5 of 1438');
  const first = await figure(page).locator('.note').textContent();
  await step(page, 5);
  await note(page, 'Training sample 5 of 1438');
  const watched = await numbers(page);
  assert.match(first, /class \d:/);
  // The same run, not looked at.
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'loss'));
  await page.evaluate(() => document.querySelector('gradient-flow').reset());
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step === 0);
  await step(page, 5);
  assert.deepEqual(await numbers(page), watched);
});

pageTest('a step in slow motion: every stage has its sentence and its numbers, and nothing is trained', { path: '#depth=3&width=16&charts=network' }, async (page) => {
  await ready(page);
  await step(page, 4);
  await note(page, 'Training sample 1');
  const before = await numbers(page);
  await figure(page).getByRole('button', { name: 'Walk through one step' }).click();
  const slider = figure(page).getByRole('slider', { name: 'Stage of the step' });
  await stage(page, /^Input/);
  assert.ok(await slider.evaluate((element) => element.matches(':focus')), 'the keys work at once');
  const titles = [];
  for (let at = 0; at < 13; at += 1) {
    const text = await told(page);
    titles.push(text.split('\n')[0]);
    assert.match(text, new RegExp(`Stage ${at + 1} of 13`));
    const spoken = await slider.getAttribute('aria-valuetext');
    assert.ok(spoken.length > titles.at(-1).length + 20, `${spoken} is a sentence`);
    if (at < 12) await page.keyboard.press('ArrowRight');
  }
  assert.deepEqual(titles, [
    'Input', 'Forward: layer 1', 'Forward: layer 2', 'Forward: layer 3', 'Forward: output layer', 'Loss',
    'Backward: output layer', 'Backward: layer 3', 'Backward: layer 2', 'Backward: layer 1', 'Clipping', 'Weight decay', 'Update',
  ]);
  // The chain of layer 2 has the snapshot's numbers.
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowLeft');
  await stage(page, /Backward: layer 2/);
  const { layers } = before;
  const [above, weights, slope, delta] = (await page.locator('.walk-numbers').textContent())
    .match(/^δ (.*) × (.*) \(weights\) × (.*) \(slope\) = δ (.*)$/).slice(1)
    .map((text) => Number(text.replace(/ × 10/, 'e').replace(/[⁻⁰¹²³⁴-⁹]/g, (c) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c) > 0 ? String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c)) : '-')));
  for (const [said, measured] of [[above, layers.delta_rms[2]], [weights, layers.weight_factor[1]], [slope, layers.activation_factor[1]], [delta, layers.delta_rms[1]]]) {
    assert.ok(Math.abs(said / measured - 1) < 0.06, `${said} is ${measured}`);
  }
  await page.keyboard.press('Home');
  await stage(page, /^Input/);
  await page.keyboard.press('End');
  await stage(page, /^Update/);
  assert.deepEqual(await numbers(page), before, 'walking has trained nothing');
  assert.equal(await page.evaluate(() => document.querySelector('gradient-flow').running), false);
  // At the end the step can be made, and the next one can be walked through.
  await figure(page).getByRole('button', { name: 'Make this step' }).click();
  await stage(page, /^Input/);
  assert.equal((await snapshot(page)).step, 5);
  await page.keyboard.press('Escape');
  await figure(page).getByRole('button', { name: 'Walk through one step' }).waitFor();
});

pageTest('it plays by itself, and Space stops it; a run ends the walk', { path: `#${SMALL}&charts=network`, motion: 'no-preference' }, async (page) => {
  await ready(page);
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
  await note(page, 'Training sample 1');
  await figure(page).getByRole('button', { name: 'Walk through one step' }).click();
  // So slow that the test is there before the last stage.
  await figure(page).getByLabel('Stages per second').selectOption('3');
  const play = figure(page).getByRole('button', { name: 'Play' });
  await play.click();
  await stage(page, /Stage ([3-9]|1\d) of 13/);
  await page.getByRole('slider', { name: 'Stage of the step' }).focus();
  await page.keyboard.press(' ');
  await play.waitFor();
  const stopped = await told(page);
  // Longer than a stage.
  assert.equal(await still(() => told(page)), stopped);
  assert.equal(await page.evaluate(() => document.querySelector('gradient-flow').running), false, 'Space was the walk’s');
  // It ends at the last stage.
  await figure(page).getByLabel('Stages per second').selectOption('10');
  await play.click();
  await stage(page, /Stage 13 of 13/);
  await play.waitFor();
  await page.evaluate(() => document.querySelector('gradient-flow').run());
  await figure(page).getByRole('button', { name: 'Walk through one step' }).waitFor();
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
});

pageTest('another language says the same stage; an earlier step has its own numbers', { path: `#${SMALL}&charts=network+history` }, async (page) => {
  await ready(page);
  await step(page, 3);
  await page.evaluate(() => document.querySelector('gradient-flow').step(3));
  await note(page, 'Training sample 1');
  await figure(page).getByRole('button', { name: 'Walk through one step' }).click();
  await page.keyboard.press('ArrowRight');
  await stage(page, /Forward: layer 1/);
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('lang', 'de'));
  await stage(page, /Vorwärts: Schicht 1/);
  await note(page, 'Trainingsbeispiel 1 von');
  await figure(page).getByRole('button', { name: 'Weiter' }).click();
  await stage(page, /Vorwärts: Schicht 2/);
  const latest = await told(page);
  await page.locator('.scrub input').focus();
  await page.keyboard.press('ArrowLeft');
  await eventually(() => told(page), (text) => assert.notEqual(text, latest));
});

for (const [width, height, query, file] of [
  [1280, 800, 'depth=3&charts=network', 'index.html'],
  [1280, 800, 'depth=100&width=16&charts=signals+network', 'index.html'],
  [390, 844, 'depth=10&charts=network', 'index.html'],
  [390, 844, 'depth=100&width=16&charts=signals+network', 'index.html'],
  [320, 240, 'depth=3&charts=network&controls=none', 'embed.html'],
]) {
  for (const scheme of ['light', 'dark']) {
    pageTest(`the network and a walk through it have room at ${width} x ${height}, ${query}, ${scheme}`, { path: `${file}#${query}`, viewport: { width, height }, scheme }, async (page) => {
      await ready(page);
      const name = `network ${width} ${query.replace(/\W+/g, ' ')} ${scheme}`;
      await eventually(() => figure(page).locator('.walk-start').count(), (count) => assert.equal(count, 1));
      await settled(page);
      await figure(page).scrollIntoViewIfNeeded();
      await picture(page, name);
      await figure(page).locator('.walk-start').click();
      for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
      await stage(page, /Forward: layer 3/);
      await settled(page);
      await figure(page).scrollIntoViewIfNeeded();
      await picture(page, `${name} walk`);
      const room = await figure(page).evaluate((element) => {
        const plot = element.querySelector('.plot').getBoundingClientRect();
        const controls = element.querySelector('.view-controls');
        return { plot: plot.height, width: element.scrollWidth - element.clientWidth, overlap: plot.bottom - controls.getBoundingClientRect().top, inside: controls.getBoundingClientRect().bottom - element.getBoundingClientRect().bottom };
      });
      assert.ok(room.plot >= 80, `the picture is ${room.plot} high`);
      assert.ok(room.width <= 0 && room.overlap <= 0.5 && room.inside <= 0.5, JSON.stringify(room));
      await drawn(page);
    });
  }
}
