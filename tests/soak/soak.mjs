/**
 * A long run in Chromium: full speed with all charts, twenty elements, two hundred that come and go, one config after
 * the other. Prints figures, and fails when something leaks, complains or stands still.
 *
 * `cargo xtask test soak [--minutes M]` serves the built site and says by the environment where all is.
 */
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { Gauge, watchTasks } from './gauge.mjs';
import { randomConfig, randomNumbers } from './configs.mjs';

const { SITE, ASSETS, CHROMIUM, MINUTES, SEED = String(Date.now() % 1e6) } = process.env;
assert.ok(SITE && ASSETS && CHROMIUM && MINUTES, 'run this by `cargo xtask test soak`');

/** The parts that last, each with its share of the time; the rest is for the one that counts to two hundred. */
const SHARE = { full: 0.35, twenty: 0.2, configs: 0.35 };
const MINUTE = 60_000;
/** Figures are taken so many times in each part that lasts. */
const SAMPLES = 12;
/** Longest wait for one sign of life. */
const PATIENCE = 60_000;

const random = randomNumbers(Number(SEED));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

/** What went wrong, by part. @type {string[]} */
const failures = [];

/**
 * One part, on a page of its own.
 *
 * @param {string} name @param {string} path
 * @param {(page: import('playwright-core').Page, gauge: Gauge) => Promise<string>} work returns what it did, in words
 */
async function part(name, path, work) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript((assets) => Object.assign(window, { ASSETS: assets }), new URL(ASSETS, SITE).href);
  await context.addInitScript(watchTasks);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  const start = Date.now();
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error}`));
  page.on('console', (message) => message.type() === 'error' && complaints.push(`console: ${message.text()}`));
  page.on('crash', () => complaints.push('the page crashed'));
  const gauge = new Gauge(page, await context.newCDPSession(page));
  try {
    await page.goto(new URL(path, SITE).href);
    await page.evaluate(() => customElements.whenDefined('gradient-flow').then(() => undefined));
    const did = await work(page, gauge);
    console.log(`${name}: ${did} in ${((Date.now() - start) / 1000).toFixed(0)} s\n  ${gauge}`);
    complaints.push(...gauge.complaints());
  } catch (error) {
    complaints.push(String(error instanceof Error ? error.stack : error));
  } finally {
    await context.close();
  }
  // The first ones say it; a loop of failures would say it a thousand times.
  for (const text of complaints.slice(0, 10)) failures.push(`${name}: ${text}`);
}

/** Takes figures at even times of a part's share. @param {number} share @param {Gauge} gauge @param {(index: number) => Promise<void>} check at each of them */
async function overTime(share, gauge, check) {
  const length = Number(MINUTES) * MINUTE * share;
  for (let index = 0; index < SAMPLES; index += 1) {
    await new Promise((resolve) => setTimeout(resolve, length / SAMPLES));
    await check(index);
    await gauge.sample();
  }
}

/** The steps of all elements. @param {import('playwright-core').Page} page @returns {Promise<number[]>} */
const steps = (page) => page.evaluate(() => Array.from(document.querySelectorAll('gradient-flow'), (lab) => lab.snapshot?.step ?? -1));

/** Waits until some element has made a step more than it had. @param {import('playwright-core').Page} page @param {number[]} before */
const onward = (page, before) =>
  page.waitForFunction((before) => [...document.querySelectorAll('gradient-flow')].some((lab, i) => (lab.snapshot?.step ?? -1) > before[i]), before);

await part('full speed with all charts', 'index.html#depth=10&width=32', async (page, gauge) => {
  const charts = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    await lab.ready;
    lab.charts = lab.schema.charts.map(({ id }) => id).join(' ');
    lab.setAttribute('speed', 'max');
    lab.run();
    return lab.schema.charts.length;
  });
  await overTime(SHARE.full, gauge, async () => onward(page, await steps(page)));
  const [made] = await steps(page);
  const shown = await page.evaluate(() => document.querySelector('gradient-flow').shadowRoot.querySelectorAll('figure[data-chart]').length);
  assert.equal(shown, charts, 'all charts are shown');
  return `${made} steps beside ${charts} charts`;
});

await part('twenty elements on a page', 'docs.html', async (page, gauge) => {
  await page.evaluate(() => {
    const labs = Array.from({ length: 20 }, (_, i) => Object.assign(document.createElement('gradient-flow'), { config: { depth: 2 + i, width: 16 }, charts: 'signals', controls: 'none', speed: 'max', autoplay: true }));
    document.body.replaceChildren(...labs);
    for (const lab of labs) lab.ready.then(() => lab.run());
  });
  const before = new Array(20).fill(0);
  await page.waitForFunction(() => [...document.querySelectorAll('gradient-flow')].every((lab) => lab.snapshot));
  await overTime(SHARE.twenty, gauge, async (index) => {
    // Those that are seen run.
    await page.evaluate((index) => document.querySelectorAll('gradient-flow')[index].scrollIntoView(), (index * 5) % 20);
    await onward(page, await steps(page));
  });
  const made = await steps(page);
  const moved = made.filter((step, index) => step > before[index]).length;
  assert.ok(moved >= 4, `of twenty elements ${moved} have made steps`);
  return `${made.reduce((sum, step) => sum + step, 0)} steps, in ${moved} of them`;
});

await part('two hundred come and go', 'docs.html', async (page, gauge) => {
  await page.evaluate(() => document.body.replaceChildren());
  const round = (count) =>
    page.evaluate(async (count) => {
      const turns = [() => undefined, () => Promise.resolve(), () => new Promise((resolve) => setTimeout(resolve)), () => new Promise(requestAnimationFrame), (lab) => lab.ready];
      for (let i = 0; i < count; i += 1) {
        const lab = Object.assign(document.createElement('gradient-flow'), { config: { depth: 5, width: 8, data: i % 3 ? 'circle' : 'iris' }, autoplay: true });
        document.body.append(lab);
        lab.ready.catch(() => {});
        if (i % 2) lab.step(5).catch(() => {});
        await turns[i % turns.length](lab);
        lab.remove();
      }
    }, count);
  for (let i = 0; i < 5; i += 1) {
    await round(40);
    // The last workers end a moment after their elements.
    const end = Date.now() + PATIENCE;
    while ((await gauge.workers()) > 0) {
      if (Date.now() > end) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await gauge.sample();
  }
  return '200 elements';
});

await part('one random config after the other', 'docs.html', async (page, gauge) => {
  const fields = await page.evaluate(async () => {
    const lab = Object.assign(document.createElement('gradient-flow'), { config: { depth: 2, width: 8 } });
    document.body.replaceChildren(lab);
    await lab.ready;
    window.refused = [];
    window.lab = lab;
    lab.addEventListener('gradient-flow-error', ({ detail }) => window.refused.push(detail));
    return lab.schema.fields;
  });
  const end = Date.now() + Number(MINUTES) * MINUTE * SHARE.configs;
  let [tried, refused] = [0, 0];
  let nextSample = Date.now();
  // An hour is for a thousand of them and more; two minutes for as many as there is time for.
  while (Date.now() < end || tried < 20) {
    const config = randomConfig(fields, random);
    const outcome = await page.evaluate(async (config) => {
      const { lab } = window;
      window.refused.length = 0;
      lab.config = config;
      const silence = new Promise((resolve) => setTimeout(resolve, 60_000, 'no answer in a minute'));
      const answer = lab.step(3).then((snapshot) => (snapshot.layers.dw_rms.length === lab.config.depth + 1 ? '' : 'the snapshot is of another network'), (error) => `step: ${error}`);
      const said = await Promise.race([silence, answer]);
      return { said, refused: window.refused.map(({ field, message }) => `${field}: ${message}`) };
    }, config);
    tried += 1;
    refused += Number(outcome.refused.length > 0);
    // What does not fit together is refused by name; anything else is a failure.
    const isFailure = outcome.refused.length > 0 ? outcome.refused.some((text) => !/ cannot be .* Allowed: /.test(text)) : outcome.said !== '';
    assert.ok(!isFailure, `seed ${SEED}, config ${tried}: ${JSON.stringify(config)}: ${JSON.stringify(outcome)}`);
    if (Date.now() < nextSample) continue;
    await gauge.sample();
    nextSample = Date.now() + (Number(MINUTES) * MINUTE * SHARE.configs) / SAMPLES;
  }
  await gauge.sample();
  assert.ok(refused < tried, `all ${tried} configs were refused`);
  return `${tried} configs, of which ${refused} were refused (seed ${SEED})`;
});

await browser.close();
for (const failure of failures) console.log(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
