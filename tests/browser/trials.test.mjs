/** Fixes are tried before they are offered: in a second worker, without harm to the run, and shown in the status line and the view `fixes`. */
import assert from 'node:assert/strict';
import { config, eventually, ready, rebuild, settled, step, still } from './lab.mjs';
import { openAfresh, pageTest, picture } from './site.mjs';

/** Twenty layers of sigmoid: layer 1's gradient is 10¹² times smaller. */
const VANISHING = 'depth=20&width=32&charts=signals+fixes';
/** ReLU and He: nothing is wrong. */
const HEALTHY = 'depth=5&width=32&activation=relu&init=he_normal';

const note = (page) => page.locator('figure[data-chart="fixes"] .note').textContent();
const fixes = (page) => page.locator('.fix').allTextContents();
const progress = (page) => page.locator('.fixes-intro').textContent();

/** Keeps the diagnoses that the element tells from now on, and what it says before the fixes. @param {import('playwright-core').Page} page */
const listen = (page) =>
  page.evaluate(() => {
    window.diagnoses = [];
    window.intros = [];
    const intro = document.querySelector('gradient-flow').shadowRoot.querySelector('.fixes-intro');
    new MutationObserver(() => window.intros.push(intro.textContent)).observe(intro, { childList: true, characterData: true, subtree: true });
    document.querySelector('gradient-flow').addEventListener('gradient-flow-diagnosis', ({ detail }) => window.diagnoses.push(detail));
  });

/** Waits until all trials are made. @param {import('playwright-core').Page} page */
const finished = (page) => eventually(() => note(page), (text) => assert.match(text, /within \d+ steps/));

/** The rows of the view's table. @param {import('playwright-core').Page} page */
async function rows(page) {
  const button = page.locator('figure[data-chart="fixes"]').getByRole('button', { name: 'Show as a table' });
  await button.click();
  const cells = await page.locator('figure[data-chart="fixes"] tbody tr').evaluateAll((all) => all.map((row) => Array.from(row.cells, (cell) => cell.textContent)));
  await button.click();
  return cells;
}

pageTest('a fix is offered with what it reached, and the view has every change that was tried', { path: `#${VANISHING}` }, async (page) => {
  await ready(page);
  await listen(page);
  await finished(page);
  const said = await page.evaluate(() => window.intros);
  assert.ok(said.some((text) => /^Trying fixes: \d+ of \d+$/.test(text)), `${said}`);
  const offered = await fixes(page);
  assert.ok(offered.length > 0 && offered.every((text) => / → \d+ %$/.test(text)), offered.join());
  assert.equal(await progress(page), 'Try a fix:');
  const diagnosis = await page.evaluate(() => window.diagnoses.at(-1));
  assert.equal(diagnosis.fixes.length, offered.length);
  for (const fix of diagnosis.fixes) {
    assert.ok(fix.learns && fix.accuracy > 0.3 && fix.steps === 200, JSON.stringify(fix));
    assert.match(fix.note, /\d+ % after 200 steps \(guessing: 10 %\)\.$/);
  }
  // Best first, for what is offered and for what is shown.
  const tried = await rows(page);
  assert.ok(tried.length > offered.length);
  const reached = tried.filter(([, , learns]) => learns === 'yes').map(([, result]) => Number.parseFloat(result));
  assert.deepEqual(reached, [...reached].sort((a, b) => b - a));
  assert.ok(tried.some(([, , learns]) => learns === 'no'), 'what does not help is shown too');
  // The worker has nothing more to do.
  await eventually(async () => page.workers().filter((worker) => worker.url().includes('/trials/')), (workers) => assert.equal(workers.length, 0));
  // Screen readers hear of it once.
  await eventually(() => page.locator('[role="status"]').textContent(), (text) => assert.match(text, /^Fixes have been tried\. Best: /));
  await settled(page);
  await picture(page, 'trials finished');
  const svg = await page.evaluate(() => document.querySelector('gradient-flow').toSVG('fixes'));
  assert.ok(svg.includes(tried[0][0]) && svg.includes('guessing'), 'exports have it');
  // The reason tells it too, and the fix keeps the run before it.
  await page.locator('.why').click();
  assert.match(await page.locator('.notes dd').first().textContent(), /% after 200 steps/);
  await page.locator('.fix').first().click();
  const [{ patch }] = diagnosis.fixes;
  const applied = await config(page);
  for (const [name, value] of Object.entries(patch)) assert.equal(applied[name], value);
  await page.locator('.differences').waitFor();
});

pageTest('a click in the view applies a change; arrow keys find one, and Enter applies it', { path: `#${VANISHING}` }, async (page) => {
  await ready(page);
  await finished(page);
  const tried = await rows(page);
  const canvas = page.locator('figure[data-chart="fixes"] canvas');
  const { width } = await canvas.boundingBox();
  const before = await config(page);
  // Beside the rows nothing is applied.
  await canvas.click({ position: { x: width / 2, y: 6 } });
  assert.deepEqual(await config(page), before);
  await page.mouse.move(0, 0);
  await canvas.focus();
  const readout = page.locator('figure[data-chart="fixes"] .readout');
  for (const [change, result] of tried.slice(0, 3)) {
    await canvas.press('ArrowDown');
    await eventually(() => readout.textContent(), (text) => assert.equal(text, `${change}: ${result}`));
  }
  await canvas.press('ArrowUp');
  await eventually(() => readout.textContent(), (text) => assert.ok(text.startsWith(`${tried[1][0]}: `)));
  await picture(page, 'trials chosen by keys');
  await canvas.press('Enter');
  const byKey = await eventually(() => config(page), (now) => assert.notDeepEqual(now, before));
  assert.equal(byKey.seed, before.seed);
  await page.locator('.differences').waitFor();
  await page.evaluate(() => document.querySelector('gradient-flow').pause());
  // Back to the failing run, and by a click.
  await rebuild(page, () => page.evaluate((values) => (document.querySelector('gradient-flow').config = values), before));
  await finished(page);
  const box = await canvas.boundingBox();
  await canvas.click({ position: { x: 0.6 * box.width, y: 32 } });
  await eventually(() => config(page), (now) => assert.notDeepEqual(now, before));
});

pageTest('trials="off" tries nothing, and says so', { path: `#${VANISHING}&trials=off` }, async (page) => {
  await ready(page);
  await eventually(() => note(page), (text) => assert.match(text, /^Not tried: trials are switched off here\./));
  await eventually(async () => page.workers().length, (count) => assert.equal(count, 1, 'the one that trains the run'));
  const offered = await fixes(page);
  assert.ok(offered.length > 0 && offered.every((text) => !text.includes('%')), offered.join());
  assert.equal(await progress(page), 'Not tried:');
  assert.match(await page.locator('.fix').first().getAttribute('title'), /Not tried: trials are switched off here\.$/);
  assert.ok((await rows(page)).every(([, result]) => result === 'not tried'));
  await picture(page, 'trials off');
  // Switched on, they are tried at once.
  await page.evaluate(() => (document.querySelector('gradient-flow').trials = null));
  await finished(page);
  assert.ok((await fixes(page))[0].includes('%'));
});

pageTest('an attribute that is neither on nor off is refused', { path: `#${HEALTHY}&trials=maybe`, expected: /./ }, async (page) => {
  await ready(page);
  await page.locator('.refusal').filter({ hasText: 'trials cannot be maybe' }).waitFor();
});

pageTest('another config, a live change and removing the element end the trials at once', { path: `#${VANISHING}` }, async (page) => {
  await ready(page);
  // The next ones begin half a second later: which worker it is, not how many there are.
  let trial;
  const begun = async () => {
    [trial] = await eventually(async () => page.workers().filter((worker) => worker.url().includes('trials/') && worker !== trial), (workers) => assert.equal(workers.length, 1));
  };
  const ended = () => eventually(async () => page.workers().includes(trial), (isThere) => assert.equal(isThere, false));
  await begun();
  const left = await page.evaluate(() => {
    const lab = document.querySelector('gradient-flow');
    lab.config = { learning_rate: 0.2 };
    return Array.from(lab.shadowRoot.querySelectorAll('.fix'), ({ textContent }) => textContent);
  });
  assert.deepEqual(left, []);
  await ended();
  // They begin again, for what is there now.
  await begun();
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 15 }));
  await ended();
  await begun();
  await page.evaluate(() => document.querySelector('gradient-flow').remove());
  await eventually(async () => page.workers().length, (count) => assert.equal(count, 0));
});

pageTest('a hidden page tries nothing, and goes on when it is seen again', { path: `#${VANISHING}` }, async (page) => {
  await ready(page);
  // In the middle of the trials, which may be over by the time that a test has heard of it.
  await page.evaluate(() => {
    window.hide = (value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    const intro = document.querySelector('gradient-flow').shadowRoot.querySelector('.fixes-intro');
    return new Promise((resolve) => {
      const observer = new MutationObserver(() => look());
      const look = () => {
        if (!/^Trying fixes: [1-9]/.test(intro.textContent)) return;
        observer.disconnect();
        window.hide(true);
        resolve();
      };
      observer.observe(intro, { childList: true, characterData: true, subtree: true });
      look();
    });
  });
  const waiting = await still(() => progress(page));
  assert.match(waiting, /^Trying fixes: /);
  await page.evaluate(() => window.hide(false));
  await finished(page);
});

pageTest('where no second worker may run, fixes are offered untried', { path: 'docs.html' }, async (page) => {
  await page.addInitScript(() => {
    window.Worker = /** @type {any} */ (class extends Worker {
      constructor(/** @type {string} */ url, /** @type {any} */ options) {
        if (String(url).includes('trials/')) throw new Error('no more workers');
        super(url, options);
      }
    });
  });
  await openAfresh(page, `#${VANISHING}`);
  await ready(page);
  await eventually(() => note(page), (text) => assert.match(text, /^Not tried: this page is not allowed to train in the background\./));
  assert.ok((await fixes(page)).length > 0);
  await step(page, 5);
});

pageTest('a network that is too large is not tried', { path: '#depth=60&width=256&batch-size=128&charts=signals+fixes' }, async (page) => {
  await ready(page);
  await eventually(() => note(page), (text) => assert.match(text, /^Not tried: the network is too large/));
  await eventually(async () => page.workers().length, (count) => assert.equal(count, 1));
});

pageTest('a healthy run has nothing to fix, and loads nothing for it', { path: 'docs.html' }, async (page) => {
  const asked = await openAfresh(page, `#${HEALTHY}&charts=signals+fixes`);
  await ready(page);
  await step(page, 30);
  await eventually(() => note(page), (text) => assert.equal(text, 'Healthy: there is nothing to fix.'));
  await settled(page);
  assert.deepEqual(asked.filter((name) => /trials|tools/.test(name)), []);
});

pageTest('numbers that are predicted are tried by their loss, in the language of the reader', { path: '#data=plane&depth=20&width=16&charts=signals+fixes' }, async (page) => {
  await ready(page);
  await finished(page);
  await eventually(() => fixes(page), ([first]) => assert.match(first, / → loss 0\.\d+$/));
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await eventually(() => note(page), (text) => assert.match(text, /lernt das Netz in \d+ Schritten\./));
  await eventually(() => fixes(page), ([first]) => assert.match(first, / → Verlust 0,\d+$/));
});
