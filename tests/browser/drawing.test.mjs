/** A guess of dW is drawn on the main chart, which hides the truth until it is revealed. */
import assert from 'node:assert/strict';
import { eventually, ready, settled } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * Begins a drawing, as a lesson does: `window.drawing`, whose numbers stand where a lesson's card does, and the charts,
 * `window.figures`. `window.changes` counts what the reader has drawn.
 * @param {Page} page
 */
async function begin(page) {
  await ready(page);
  await page.evaluate(async () => {
    const { Figures } = await import(`${window.ASSETS}charts/figures.js`);
    const { Drawing } = await import(`${window.ASSETS}lessons/drawing.js`);
    const lab = document.querySelector('gradient-flow');
    const figures = await new Promise((resolve) => {
      const { invalidate } = Figures.prototype;
      Figures.prototype.invalidate = function (...args) {
        Figures.prototype.invalidate = invalidate;
        resolve(this);
        return invalidate.apply(this, args);
      };
      lab.setAttribute('theme', matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
      lab.step(0);
    });
    const { words } = figures;
    await words.load('lessons');
    const layers = lab.snapshot.layers.dw_rms.length;
    const drawing = new Drawing({ figures, words, layers, onchange: () => (window.changes += 1) });
    Object.assign(window, { figures, drawing, changes: 0 });
    lab.shadowRoot.querySelector('.status').append(drawing.element);
  });
  await page.getByRole('group', { name: 'Your guess of dW' }).first().waitFor();
  // Its style sheet comes a moment later, and moves the chart, over which the surface is laid with the next picture.
  await page.waitForFunction(() => {
    const { shadowRoot } = document.querySelector('gradient-flow');
    const [surface, hint] = ['.drawing', '.guess-hint'].map((selector) => shadowRoot.querySelector(selector));
    const hasStyle = getComputedStyle(hint.parentElement).getPropertyValue('--gf-guess') !== '';
    return hasStyle && (surface !== null || /^Enter a power/.test(hint.textContent));
  });
  await settled(page);
}

/** @param {Page} page @returns {Promise<number[] | null>} */
const value = (page) => page.evaluate(() => window.drawing.value);

/** Waits until the guess is what the pointer has drawn, of which a busy page hears late. @param {Page} page @param {(values: number[]) => unknown} isDrawn */
const drawn = (page, isDrawn) => eventually(() => value(page), (values) => assert.ok(values && isDrawn(values), String(values)));

/** Whether two numbers differ by less. @param {number} a @param {number} b */
const near = (a, b, by = 0.3) => Math.abs(a - b) < by;

const sliders = (/** @type {Page} */ page) => page.getByRole('slider', { name: 'Your guess of dW' });

/** What the chart says and shows of the run. @param {Page} page */
const told = (page) =>
  page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const { charts } = window.figures;
    return {
      svg: await lab.toSVG('signals'),
      note: lab.shadowRoot.querySelector('[data-chart="signals"] .note').textContent,
      cells: JSON.parse(charts.table('signals')).rows.map((row) => row.slice(1, 7).join('')),
      details: charts.details('signals'),
      readout: charts.readout('signals', 640, 300, 300, 100) ?? null,
    };
  });

/** Where a place of the plot is on the page, from its left and its bottom. @param {Page} page */
async function plot(page) {
  const box = await page.locator('.drawing').boundingBox();
  return (/** @type {number} */ x, /** @type {number} */ y) => [box.x + x * box.width, box.y + (1 - y) * box.height];
}

/** How far up a power of ten stands. */
const up = (/** @type {number} */ decades) => (decades + 16) / 28;

/** Fixes, which come in while one draws, would move the numbers that these tests put above the chart. */
const VANISHING = '#depth=20&width=32&activation=sigmoid&fixes=off';

pageTest('a guess hides the truth, is drawn by dragging handles, and is compared', { path: VANISHING }, async (page) => {
  await begin(page);
  const before = await told(page);
  assert.ok(before.cells.every((cell) => cell === '') && before.details === '' && before.readout === null, JSON.stringify(before));
  assert.match(before.note, /^Hidden until you have made your guess/);
  assert.doesNotMatch(before.svg, /weight gradient dW|#2F6FB0/i);
  assert.match(before.svg, /vanishing/);
  assert.equal(await value(page), null);
  await picture(page, 'drawing nothing yet');

  const at = await plot(page);
  await page.mouse.move(...at(0.5 / 21, up(-2)));
  await page.mouse.down();
  await page.mouse.move(...at(0.5 / 21, up(-8)), { steps: 3 });
  const dragged = await drawn(page, (values) => near(values[0], -8) && values[10] === -2 && values[20] === -2);
  await picture(page, 'drawing a handle');
  await page.mouse.up();
  assert.equal(dragged.length, 21);
  assert.ok(near(dragged[5], -5), 'the line is straight between the handles');
  assert.ok(await page.evaluate(() => window.changes) > 2);
  assert.match((await told(page)).svg, /your guess/);
  assert.match(await sliders(page).first().getAttribute('aria-valuetext'), /^layer 1: /);

  const grade = await page.evaluate(() => window.drawing.reveal(document.querySelector('gradient-flow').snapshot.layers.dw_rms));
  assert.equal(grade.close, false);
  const after = await eventually(
    () => told(page),
    ({ note }) => assert.match(note, /^You drew a fall by .* towards layer 1\. It falls by 10/),
  );
  assert.match(after.svg, /your guess/);
  assert.match(after.svg, /weight gradient dW/);
  assert.ok(after.readout && after.details && after.cells.every((cell) => cell !== ''));
  assert.equal(await page.locator('.drawing').count(), 0);
  assert.equal(await page.getByRole('spinbutton').first().isDisabled(), true);
  await picture(page, 'drawing revealed');

  await page.evaluate(() => window.drawing.dispose());
  const usual = await eventually(() => told(page), ({ note }) => assert.match(note, /^Dashed: theory/));
  assert.doesNotMatch(usual.svg, /your guess/);
});

pageTest('a stroke draws the line through the layers that it passes', { path: VANISHING }, async (page) => {
  await begin(page);
  const at = await plot(page);
  const stroke = async (/** @type {[number, number][]} */ ...places) => {
    await page.mouse.move(...at(...places[0]));
    await page.mouse.down();
    for (const place of places.slice(1)) await page.mouse.move(...at(...place), { steps: 4 });
    await page.mouse.up();
  };
  // Layers 6 to 16; what the first stroke does not reach goes on level.
  await stroke([5.5 / 21, up(-10)], [15.5 / 21, up(0)]);
  const first = await drawn(page, (values) => [[0, -10], [5, -10], [10, -5], [15, 0], [20, 0]].every(([layer, expected]) => near(values[layer], expected, 0.4)));
  // To the left, and far beyond the plot: only these layers change.
  await stroke([4.5 / 21, up(-4)], [-0.2, up(-4)]);
  const second = await drawn(page, (values) => values.slice(0, 5).every((decades) => near(decades, -4)));
  assert.deepEqual(second.slice(5), first.slice(5));
  // A handle takes its part of the line along.
  const handle = await sliders(page).first().boundingBox();
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x + handle.width / 2, at(0, up(-9))[1], { steps: 3 });
  await page.mouse.up();
  const third = await drawn(page, (values) => near(values[0], -9) && values[4] < values[3] + 2);
  assert.deepEqual(third.slice(10), second.slice(10));
  // Who goes aside with a handle draws a stroke that begins there.
  const [x, y] = [handle.x + handle.width / 2, at(0, up(-9))[1]];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(...at(6.5 / 21, up(-9)), { steps: 12 });
  await page.mouse.up();
  const fourth = await drawn(page, (values) => values.slice(0, 7).every((decades) => near(decades, -9, 0.4)));
  assert.deepEqual(fourth.slice(7), third.slice(7));
  await picture(page, 'drawing free');
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await value(page), null);
});

pageTest('a guess is drawn by keys', { path: VANISHING }, async (page) => {
  await begin(page);
  const [first, middle, last] = await sliders(page).all();
  await first.focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(new Set(await value(page)), new Set([-2]), 'a level line');
  for (const key of ['PageDown', 'PageDown', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  assert.equal((await value(page))[0], -6.5);
  assert.equal(await first.getAttribute('aria-valuetext'), 'layer 1: 3.2×10⁻⁷');
  assert.equal(await first.getAttribute('aria-valuenow'), '-6.5');
  await page.keyboard.press('Tab');
  await page.keyboard.press('PageUp');
  assert.equal(await middle.getAttribute('aria-valuetext'), 'layer 11: 10⁰');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  assert.equal(await last.getAttribute('aria-valuetext'), 'output layer: 10⁻¹⁶');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  assert.equal(await last.getAttribute('aria-valuetext'), 'output layer: 10¹²');
  // The laboratory's own keys are not meant by those of a handle.
  await page.keyboard.press(' ');
  assert.equal(await page.evaluate(() => document.querySelector('gradient-flow').running), false);
  const values = await value(page);
  assert.deepEqual([values[0], values[10], values[20]], [-6.5, 0, 12]);
  // Locked, there is nothing to reach.
  await page.evaluate(() => window.drawing.lock());
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await value(page), values);
  assert.match((await told(page)).svg, /your guess/);
  assert.ok((await told(page)).cells.every((cell) => cell === ''), 'locked is not revealed');
});

pageTest('a guess is entered in numbers, also where the chart is not shown', { path: VANISHING }, async (page) => {
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'loss'));
  await begin(page);
  assert.equal(await page.locator('.drawing').count(), 0);
  const inputs = page.getByRole('group', { name: 'Your guess of dW' });
  assert.match(await inputs.textContent(), /Enter a power of ten for each of these layers/);
  await inputs.getByLabel('in layer 1', { exact: false }).first().fill('-12.4');
  await inputs.getByLabel('in the output layer').fill('-30');
  assert.equal(await inputs.getByLabel('in the output layer').inputValue(), '-30', 'what is typed is not overwritten');
  await inputs.getByLabel('in layer 11').fill('');
  assert.equal(await inputs.getByLabel('in the output layer').inputValue(), '-16', 'what was typed is what counts');
  await inputs.getByLabel('in layer 11').press('Tab');
  assert.equal(await inputs.getByLabel('in layer 11').inputValue(), '-2');
  const values = await value(page);
  assert.deepEqual([values[0], values[5], values[10], values[20]], [-12.4, -7.2, -2, -16]);
  // A sign is no number yet, and stays where all is shown again meanwhile.
  await inputs.getByLabel('in layer 11').press('Control+A');
  await page.keyboard.type('-');
  await page.evaluate(() => window.drawing.set(window.drawing.value));
  await page.keyboard.type('2');
  assert.equal(await inputs.getByLabel('in layer 11').inputValue(), '-2');
  // The chart comes back with it, and the guess is on it.
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'signals loss'));
  await eventually(() => sliders(page).count(), (count) => assert.equal(count, 3));
  assert.equal(await sliders(page).first().getAttribute('aria-valuenow'), '-12.4');
  await page.waitForFunction(() => /^Drag the three points/.test(document.querySelector('gradient-flow').shadowRoot.querySelector('.guess-hint').textContent));
});

pageTest('a guess comes back from a link, and fits another network', { path: VANISHING }, async (page) => {
  await begin(page);
  await page.evaluate(() => window.drawing.set([-12, -2]));
  const values = await value(page);
  assert.deepEqual([values.length, values[0], values[10], values[20]], [21, -12, -7, -2]);
  assert.equal(await page.evaluate(() => window.changes), 0, 'nobody has drawn');
  for (const layers of [2, 101, 11]) {
    await page.evaluate((layers) => {
      window.drawing.layers = layers;
      document.querySelector('gradient-flow').config = { depth: layers - 1 };
    }, layers);
    const resized = await value(page);
    assert.deepEqual([resized.length, resized[0], resized.at(-1)], [layers, -12, -2]);
    await eventually(() => sliders(page).count(), (count) => assert.equal(count, Math.min(3, layers)));
    await page.waitForFunction((layers) => document.querySelector('gradient-flow').snapshot.layers.dw_rms.length === layers, layers);
    assert.ok((await told(page)).cells.every((cell) => cell === ''), 'the next run is hidden too');
    if (layers === 101) await picture(page, 'drawing at depth 100');
  }
  await page.evaluate(() => window.drawing.set(null));
  assert.equal(await value(page), null);
  // Nothing was drawn: nothing is said of it.
  assert.equal(await page.evaluate(() => window.drawing.reveal(new Float32Array(3))), undefined);
  await eventually(() => told(page), ({ svg, note }) => {
    assert.match(svg, /weight gradient dW/);
    assert.match(note, /^Dashed: theory|^Measured/);
  });
});

pageTest('the truth comes in from the output layer', { path: VANISHING, motion: 'no-preference' }, async (page) => {
  await begin(page);
  const seen = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    lab.pause();
    window.drawing.set([-2, -2]);
    const rows = () => JSON.parse(window.figures.charts.table('signals')).rows.map((row) => row[1] !== '');
    // A frame every 50 ms, however slow this machine is.
    const { requestAnimationFrame } = window;
    let frames = [];
    window.requestAnimationFrame = (draw) => frames.push(draw);
    const seen = [];
    const revealing = window.drawing.reveal(lab.snapshot.layers.dw_rms);
    for (let now = performance.now(), end = now + 1000; now < end; now += 50) {
      seen.push(rows());
      for (const draw of frames.splice(0)) draw(now);
    }
    Object.assign(window, { requestAnimationFrame });
    for (const draw of frames) requestAnimationFrame(draw);
    await revealing;
    return [...seen, rows()];
  });
  assert.ok(seen[0].every((isShown) => !isShown) && seen.at(-1).every(Boolean));
  assert.ok(seen.some((row) => row.includes(true) && row.includes(false)), 'it takes some time');
  for (const row of seen) assert.deepEqual(row, row.toSorted((a, b) => Number(a) - Number(b)), 'from the right');
});

pageTest('a finger draws at 390 px, and scrolls the page beside the plot', { path: VANISHING, viewport: { width: 390, height: 844 } }, async (page) => {
  await begin(page);
  const at = await plot(page);
  const session = await page.context().newCDPSession(page);
  const swipe = async (/** @type {[number, number][]} */ ...points) => {
    for (const [index, [x, y]] of points.entries()) {
      await session.send('Input.dispatchTouchEvent', { type: index === 0 ? 'touchStart' : 'touchMove', touchPoints: [{ x, y }] });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  const scrolled = () => page.evaluate(() => document.querySelector('gradient-flow').shadowRoot.querySelector('.figures').scrollTop + scrollY);
  const before = await scrolled();
  // What a finger may scroll is decided by the frame that was shown last.
  await page.screenshot();
  // Elsewhere a finger that goes up scrolls down.
  await swipe(at(3.4 / 21, up(-13)), at(3.5 / 21, up(-4)), at(3.6 / 21, up(8)));
  await drawn(page, (values) => near(values[3], 8, 1.5));
  // What is scrolled is in the next picture.
  await page.screenshot();
  assert.equal(await scrolled(), before, 'drawing does not scroll');
  // On the axis of layers, below the plot.
  const [x, y] = at(0.5, -0.08);
  await swipe([x, y], [x, y - 60], [x, y - 120]);
  await eventually(scrolled, (now) => assert.ok(now > before, 'beside the plot it does'));
  await drawn(page, (values) => near(values[3], 8, 1.5));
  await page.evaluate(() => window.drawing.reveal(document.querySelector('gradient-flow').snapshot.layers.dw_rms));
  // All of the difference can be read.
  await eventually(() => told(page), ({ note }) => assert.match(note, /^You drew/));
  const cut = await page.evaluate(() => {
    const note = document.querySelector('gradient-flow').shadowRoot.querySelector('[data-chart="signals"] .note');
    return note.scrollHeight > note.clientHeight + 1 || note.scrollWidth > note.clientWidth + 1;
  });
  assert.equal(cut, false);
  await picture(page, 'drawing revealed at 390 px');
});

pageTest('a guess fits an embed of 320 x 240', { path: 'embed.html#depth=20&width=32&charts=signals&controls=none', viewport: { width: 320, height: 240 }, scheme: 'dark' }, async (page) => {
  await ready(page);
  await begin(page);
  // The numbers would leave no room for the chart: a lesson shows one of them at a time.
  await page.evaluate(() => window.drawing.element.remove());
  await settled(page);
  const at = await plot(page);
  await page.mouse.move(...at(4.5 / 21, up(-13)));
  await page.mouse.down();
  await page.mouse.move(...at(19.5 / 21, up(6)), { steps: 9 });
  await page.mouse.up();
  await drawn(page, (values) => values[0] < -11.5 && values[20] > 4.5);
  await picture(page, 'drawing at 320 x 240');
});

pageTest('the truth stays hidden when the charts have to be made anew', { path: VANISHING }, async (page) => {
  await begin(page);
  await page.evaluate(async () => {
    window.drawing.set([-9, -1]);
    const { wasm } = await import(`${window.ASSETS}shared/wasm.js`);
    const { note } = wasm.Charts.prototype;
    wasm.Charts.prototype.note = function (id) {
      if (id !== 'loss') return note.call(this, id);
      wasm.Charts.prototype.note = note;
      throw new WebAssembly.RuntimeError('unreachable');
    };
    window.figures.invalidate();
  });
  await page.getByText('This chart could not be drawn').first().waitFor();
  const { svg, cells } = await told(page);
  assert.ok(cells.every((cell) => cell === ''));
  assert.match(svg, /your guess/);
  assert.doesNotMatch(svg, /weight gradient dW/);
});
