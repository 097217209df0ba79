/** The article: its paragraphs set the network beside the text, figures come and go, and it reads without scripts. */
import assert from 'node:assert/strict';
import { eventually, ready, still, trainers } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const { SITE } = process.env;
const path = 'learn.html';

/** @typedef {import('playwright-core').Page} Page */

/** The element beside the text, as the page's scripts see it. */
const LAB = 'aside.lab gradient-flow';

/** @param {Page} page @param {string} text The beginning of a paragraph, or a part of it. */
const paragraph = (page, text) => page.locator('p.step').filter({ hasText: text }).first();

/** @param {Page} page */
const config = (page) => page.evaluate((lab) => document.querySelector(lab).config, LAB);

/** Waits until the network beside the text has some settings. @param {Page} page @param {Record<string, unknown>} expected */
const shows = (page, expected) =>
  eventually(
    () => config(page),
    (config) => assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, config[name]])), expected),
  );

/** @param {Page} page @param {string} text */
const readOnTo = async (page, text) => {
  await paragraph(page, text).evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - innerHeight * (innerWidth >= 1000 ? 0.3 : 0.58)));
};

const step = (page) => page.evaluate((lab) => document.querySelector(lab).snapshot?.step, LAB);

/** Waits for the first snapshot of a network: that of before stands until it is built. @param {Page} page @param {{ depth: number }} of */
const begun = (page, { depth }) =>
  eventually(
    () =>
      page.evaluate((lab) => {
        const { snapshot } = document.querySelector(lab);
        return [snapshot?.step, snapshot && Object.values(snapshot.layers)[0].length];
      }, LAB),
    (state) => assert.deepEqual(state, [0, depth + 1]),
  );

const PATIENT = { depth: 12, activation: 'sigmoid', init: 'xavier_uniform', norm: 'none' };

pageTest('paragraphs set the network when they are read or clicked, and what the reader changes stays', { path }, async (page) => {
  await ready(page);
  await shows(page, { depth: 3, activation: 'tanh' });
  await eventually(() => step(page), (step) => assert.equal(step, 300));
  // As it stands in the file: while it is read, what is measured stands in its place.
  const former = paragraph(page, 'The second formula').locator('[data-n="dw_last_over_first"]');
  const written = await former.textContent();
  await readOnTo(page, 'The second formula is worth remembering');
  await shows(page, PATIENT);
  await begun(page, PATIENT);
  assert.equal(await page.locator(LAB).getAttribute('charts'), 'signals');
  const current = page.locator('.step.current');
  assert.match(await current.textContent(), /second formula/);
  const ratio = current.locator('[data-n="dw_last_over_first"]');
  await eventually(() => ratio.textContent(), (text) => assert.equal(text, written));

  // A click on the bar, by keyboard too.
  await paragraph(page, 'Nothing forces the factor').getByRole('button', { name: 'Show this in the network' }).press('Enter');
  await shows(page, { depth: 12, activation: 'relu', init_gain: 1.5 });

  // What one changes stays while one reads on, and numbers follow it.
  await paragraph(page, 'The second formula').click();
  await shows(page, PATIENT);
  const field = page.locator(LAB).getByRole('textbox', { name: 'Depth' });
  await field.fill('6');
  await field.press('Enter');
  await shows(page, { ...PATIENT, depth: 6 });
  await eventually(() => ratio.textContent(), (text) => assert.notEqual(text, written));
  await eventually(() => current.locator('[data-n="depth"]').textContent(), (text) => assert.equal(text, '6'));
  await page.getByText('Your settings').waitFor();
  await picture(page, 'learn-own');
  await readOnTo(page, 'Here is what each layer does to δ');
  await eventually(() => current.textContent(), (text) => assert.match(text, /what each layer does/));
  await shows(page, { ...PATIENT, depth: 6 });
  await eventually(() => ratio.count(), (count) => assert.equal(count, 0));
  await eventually(() => former.textContent(), (text) => assert.equal(text, written));
  await page.getByRole('button', { name: 'Back to this paragraph' }).click();
  await shows(page, PATIENT);
  assert.equal(await page.locator(LAB).getAttribute('charts'), 'factors');
  await page.getByRole('button', { name: 'Back to this paragraph' }).waitFor({ state: 'hidden' });
  assert.match(await page.getByRole('link', { name: 'Open in the laboratory' }).getAttribute('href'), /^\.\/#(?=.*depth=12)(?=.*width=32)/);
});

pageTest('a paragraph runs its network to its step, and its numbers come with it', { path: 'about:blank', motion: 'no-preference' }, async (page) => {
  // All that a number says, from the file on: the run takes seconds, and a busy test may look after it.
  await page.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => {
      const read = Array.from(document.querySelectorAll('p')).find((paragraph) => paragraph.textContent.includes('This network sees images'));
      const accuracy = read.querySelector('[data-n="test_accuracy"]');
      const told = (window.told = [accuracy.textContent]);
      new MutationObserver(() => told.push(accuracy.textContent)).observe(accuracy, { childList: true });
    }),
  );
  await page.goto(new URL(path, SITE).href);
  await ready(page);
  await eventually(() => step(page), (step) => assert.equal(step, 300));
  await eventually(() => page.evaluate((lab) => document.querySelector(lab).running, LAB), (running) => assert.equal(running, false));
  await eventually(() => page.evaluate(() => window.told), ([written, ...told]) => {
    assert.ok(told.some((text) => text !== written), 'meanwhile it has told others');
    assert.equal(told.at(-1), written);
  });
});

pageTest('a term lights up its curve, by pointer and by keyboard', { path }, async (page) => {
  await ready(page);
  await paragraph(page, 'The second formula').click();
  await shows(page, PATIENT);
  const chart = () => page.evaluate((lab) => document.querySelector(lab).shadowRoot.querySelector('figure[data-chart="signals"] canvas')?.toDataURL(), LAB);
  await begun(page, PATIENT);
  const before = await still(chart);
  assert.ok(before);
  const read = paragraph(page, 'The second formula');
  const seen = new Set([before]);
  for (const name of ['a', 'dw', 'delta']) {
    await read.locator(`[data-term="${name}"]`).first().hover();
    await eventually(chart, (now) => assert.ok(!seen.has(now), name));
    seen.add(await still(chart));
  }
  await picture(page, 'learn-term');
  await page.mouse.move(4, 4);
  await eventually(chart, (now) => assert.ok(now === before, 'every curve in its own colour again'));
  const term = read.locator('[data-term="delta"]').first();
  const light = () => page.locator(LAB).getAttribute('data-light');
  await term.press('Enter');
  assert.equal(await term.getAttribute('aria-pressed'), 'true');
  await read.locator('.show').focus();
  assert.equal(await light(), 'delta');
  await term.press('Escape');
  await read.locator('.show').focus();
  assert.equal(await light(), null);
});

pageTest('a figure out of sight gives its worker back, and comes back where it was', { path }, async (page) => {
  await ready(page);
  const frames = page.locator('.frame');
  const count = await frames.count();
  assert.equal(count, 10);
  const show = async (/** @type {number} */ index) => {
    await frames.nth(index).evaluate((frame) => frame.scrollIntoView({ block: 'center' }));
    await page.waitForFunction((index) => document.querySelectorAll('.frame')[index].querySelector('gradient-flow')?.snapshot, index);
  };
  await show(1);
  await page.evaluate(async () => {
    const lab = document.querySelectorAll('.frame')[1].querySelector('gradient-flow');
    lab.config = { activation: 'sigmoid' };
    await lab.step(7);
    // A change on the way.
    lab.config = { learning_rate: 0.5 };
    const { train_loss } = await lab.step(3);
    Object.assign(window, { loss: train_loss });
    Object.assign(window, { figure: lab });
  });
  for (let index = 2; index < count; index += 1) {
    await show(index);
    // That beside the text, this one, and at most its neighbours.
    await eventually(async () => trainers(page).length, (workers) => assert.ok(workers <= 4, `${workers} workers`));
    // Fixes may be tried for the first.
    await eventually(async () => page.workers().length - trainers(page).length, (workers) => assert.ok(workers <= 1, `${workers} workers try fixes`));
  }
  await eventually(() => page.evaluate(() => window.figure.isConnected), (is) => assert.equal(is, false));
  // One that begins trained.
  await eventually(() => page.evaluate(() => document.querySelector('[data-figure="rate"] gradient-flow') === null), assert.ok);
  await show(1);
  await eventually(
    () => page.evaluate(() => [window.figure.isConnected, window.figure.snapshot.step, window.figure.snapshot.train_loss === window.loss, window.figure.config.activation, window.figure.config.learning_rate]),
    (state) => assert.deepEqual(state, [true, 10, true, 'sigmoid', 0.5]),
  );
  const rate = page.locator('[data-figure="rate"] .frame');
  await rate.evaluate((frame) => frame.scrollIntoView({ block: 'center' }));
  await page.waitForFunction(() => document.querySelector('[data-figure="rate"] gradient-flow')?.snapshot?.step === 30);
});

for (const scheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [width, height] of [[1280, 800], [390, 844], [768, 1024]]) {
    pageTest(`nothing overflows at ${width} px, ${scheme}`, { path, viewport: { width, height }, scheme }, async (page) => {
      await ready(page);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      const bounds = () => page.locator('aside.lab').evaluate((lab) => lab.getBoundingClientRect().toJSON());
      if (width < 1000) await eventually(bounds, (lab) => assert.ok(lab.height <= 0.46 * height, `${lab.height} px`));
      for (const section of ['product', 'paths', 'theory', 'folklore']) {
        await page.evaluate((id) => document.getElementById(id).scrollIntoView(), section);
        await eventually(() => page.locator(`#${section} .step.current`).count(), (count) => assert.equal(count, 1, section));
        // The heading is not covered by what stays in view.
        const top = () => page.locator(`#${section} > h2`).evaluate((heading) => heading.getBoundingClientRect().top);
        if (width < 1000) await eventually(async () => [await top(), (await bounds()).bottom], ([top, bottom]) => assert.ok(top >= bottom, `${section} ${top}`));
        await picture(page, `learn-${section}-${width}-${scheme}`);
      }
    });
  }
}

pageTest('it reads without scripts, and on paper', { path }, async (page) => {
  const context = await page.context().browser().newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  try {
    const still = await context.newPage();
    await still.goto(new URL(path, SITE).href);
    for (const hidden of ['aside.lab', '.frame >> nth=0', 'p.note.scripts']) assert.equal(await still.locator(hidden).isVisible(), false, hidden);
    assert.ok(await still.getByText('which needs JavaScript').isVisible());
    for (const number of await still.locator('[data-n]').allTextContents()) assert.match(number, /\d|∞/);
    // What its figures show at first is there as pictures.
    const pictures = still.locator('figure img');
    const count = await pictures.count();
    assert.equal(count, 11);
    for (let index = 0; index < count; index += 1) {
      const picture = pictures.nth(index);
      await picture.scrollIntoViewIfNeeded();
      await eventually(() => picture.evaluate((image) => image.naturalWidth), (width) => assert.ok(width > 0));
      assert.ok((await picture.getAttribute('alt')).length > 20);
    }
    const question = still.locator('.ask').first();
    await question.locator('summary').click();
    assert.ok(await question.getByText('Twice as many factors square the product').isVisible());
    assert.equal(await question.getByRole('button').count(), 0);
    await still.screenshot({ path: `${process.env.ARTIFACTS}/learn-still.png` });
  } finally {
    await context.close();
  }
  await ready(page);
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['aside.lab', '.frame >> nth=0', '.show >> nth=0', 'nav']) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  assert.ok(await page.locator('figcaption').first().isVisible());
  for (const picture of await page.locator('figure img').all()) assert.ok(await picture.isVisible());
});

pageTest('a walk through a step begins where one reads, on a phone too', { path, viewport: { width: 390, height: 844 }, touch: true }, async (page) => {
  await ready(page);
  const paragraph = page.locator('p', { hasText: 'Follow it yourself.' });
  await paragraph.scrollIntoViewIfNeeded();
  await paragraph.locator('.show').tap();
  const button = page.locator('aside').getByRole('button', { name: 'Walk through one step' });
  await button.waitFor();
  const place = () => page.evaluate(() => scrollY);
  // As a finger does: a tap by name would itself scroll before.
  const at = JSON.parse(await still(async () => JSON.stringify(await button.boundingBox())));
  const before = await place();
  await page.touchscreen.tap(at.x + at.width / 2, at.y + at.height / 2);
  const told = page.locator('aside .walk-told');
  await eventually(() => told.textContent(), (text) => assert.match(text, /Stage 1 of \d+/));
  assert.equal(await place(), before);
  assert.match(await paragraph.getAttribute('class'), /current/);
  await eventually(async () => [await told.boundingBox(), await page.locator('aside.lab').boundingBox()], ([box, stage]) => assert.ok(box.y >= stage.y && box.y < stage.y + stage.height, 'what is told is in sight'));
  await picture(page, 'learn walk phone');
});

pageTest('its links lead somewhere', { path }, async (page) => {
  await ready(page);
  const links = await page.locator('a[href]').evaluateAll((links) => links.map((link) => [link.getAttribute('href'), link.href]));
  assert.ok(links.length > 40);
  for (const [written, href] of links) {
    const { origin, hash } = new URL(href);
    if (origin !== new URL(SITE).origin) assert.match(href, /^https:\/\//);
    else if (written.startsWith('#')) assert.equal(await page.locator(hash).count(), 1, written);
    else assert.equal((await page.request.get(href)).status(), 200, href);
  }
  assert.equal((await page.request.get(new URL('learn.md', SITE).href)).status(), 200);
  await page.goto(new URL('index.html', SITE).href);
  await ready(page);
  const link = page.getByRole('link', { name: 'Why do deep networks stop learning?' });
  assert.equal(new URL(await link.evaluate((link) => link.href)).pathname, new URL(path, SITE).pathname);
});

pageTest('a question is asked beside the text, and one comes back to the paragraph', { path }, async (page) => {
  await ready(page);
  await readOnTo(page, 'Nothing forces the factor');
  await shows(page, { depth: 12, activation: 'relu' });
  const answer = page.locator('.ask').first().getByRole('button', { name: 'Answer beside the text' });
  if (!(await page.evaluate((lab) => 'lesson' in document.querySelector(lab), LAB))) {
    // An element without lessons: the answers stand in the text alone.
    assert.equal(await answer.count(), 0);
    return;
  }
  await answer.click();
  await page.locator(LAB).getByText('How much smaller is δ after twenty-four?').waitFor();
  await shows(page, { depth: 24, activation: 'sigmoid' });
  await picture(page, 'learn-question');
  // Reading on does not interrupt it.
  await readOnTo(page, 'The only way out is a factor close to 1');
  await eventually(() => page.locator('.step.current').textContent(), (text) => assert.match(text, /The only way out/));
  await shows(page, { depth: 24, activation: 'sigmoid' });
  await page.getByRole('button', { name: 'Back to the text' }).click();
  await shows(page, { depth: 20, activation: 'tanh' });
  // A puzzle stands in the same file.
  await page.locator('.ask.puzzle').first().getByRole('button', { name: 'Solve it beside the text' }).click();
  await shows(page, { depth: 12, activation: 'relu', init_gain: 1.5, clip: 'none' });
  await page.locator(LAB).getByText('Bring them to half of the unseen digits').waitFor();
});

pageTest('fixes that nobody has tried are named whole beside the text', { path }, async (page) => {
  await ready(page);
  await paragraph(page, '“He’s start fits everything').click();
  const names = page.locator(LAB).locator('.fix .name');
  await eventually(() => names.allTextContents(), (names) => assert.equal(names.length, 3));
  await eventually(
    () => names.evaluateAll((names) => names.filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth > clientWidth || scrollHeight > clientHeight + 1).map(({ textContent }) => textContent)),
    (cut) => assert.deepEqual(cut, []),
  );
  await picture(page, 'learn-fixes');
});
