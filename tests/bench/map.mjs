/** Measures the view `map` in headless Chromium: runs a second with one worker and with two, and the longest task of the page. */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { chromium } from 'playwright-core';

const { SITE, CHROMIUM, REPORT } = process.env;
if (!SITE || !CHROMIUM || !REPORT) throw new Error('run this by `cargo xtask bench map`');

const VIEWPORT = { width: 1280, height: 800 };
/** Runs as long as those of the usual map, on fewer cells. */
const QUERY = 'activation=tanh&init=lecun_normal&charts=map&map=init-gain:0.1..10,depth:1..20,cells:17x13,steps:100';
/** Turns, each with one worker and with two. */
const TURNS = 2;

const text = (page) => page.locator('.map-progress').textContent();

/** @param {import('playwright-core').Browser} browser @param {number} workers */
async function measure(browser, workers) {
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  // One processor is left to the page.
  await page.addInitScript((processors) => Object.defineProperty(navigator, 'hardwareConcurrency', { value: processors }), workers + 1);
  await page.goto(`${SITE}index.html#${QUERY}`);
  await page.getByRole('button', { name: 'Measure', exact: true }).waitFor();
  await page.evaluate(() => {
    Object.assign(window, { tasks: [] });
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  const begin = Date.now();
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  await page.locator('.map-progress', { hasText: 'Complete' }).waitFor();
  const seconds = (Date.now() - begin) / 1000;
  const runs = Number(/\d+/.exec(await text(page))?.[0]);
  // Tasks are told with a delay.
  await page.waitForTimeout(500);
  const tasks = await page.evaluate(() => window.tasks);
  await context.close();
  return { workers, runs, seconds, tasks };
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const made = [];
  for (let turn = 0; turn < TURNS; turn += 1) for (const workers of [1, 2]) made.push(await measure(browser, workers));
  // Other work on the machine only ever slows a turn, so the best one tells most.
  const speed = (workers) => Math.max(...made.filter((turn) => turn.workers === workers).map(({ runs, seconds }) => runs / seconds));
  const [one, two] = [speed(1), speed(2)];
  const tasks = made.flatMap((turn) => turn.tasks);
  const report = { query: QUERY, processors: cpus().length, machine: cpus()[0].model, runs_per_second: { one, two }, gain: two / one, longest_task_ms: Math.max(0, ...tasks), long_tasks: tasks.length, turns: made };
  await writeFile(REPORT, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`map: ${one.toFixed(1)} runs a second with one worker, ${two.toFixed(1)} with two (x ${(two / one).toFixed(2)}), ${cpus().length} processors`);
  console.log(`tasks of the page of 50 ms and more: ${tasks.length}, the longest ${Math.max(0, ...tasks).toFixed(0)} ms`);
} finally {
  await browser.close();
}
