/** Measures how much trials of fixes slow the run on the screen, in turns with and without them. */

const VIEWPORT = { width: 1280, height: 800 };
/** A run that never learns, so that there is always something to try. */
const QUERY = 'depth=20&speed=max';
const TURNS = 6;
/** Milliseconds over which steps are counted. */
const SPAN = 3000;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Steps a second of the run. @param {import('playwright-core').Page} page */
const stepsPerSecond = (page) =>
  page.evaluate(async (span) => {
    const lab = document.querySelector('gradient-flow');
    const [step, begin] = [lab.snapshot.step, performance.now()];
    await new Promise((resolve) => setTimeout(resolve, span));
    return (1000 * (lab.snapshot.step - step)) / (performance.now() - begin);
  }, SPAN);

/** @param {import('playwright-core').Browser} browser @param {string} site the lab's folder */
export async function measureTrials(browser, site, log) {
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`${site}index.html#${QUERY}&trials=off`);
  await page.evaluate(async () => {
    await customElements.whenDefined('gradient-flow');
    await document.querySelector('gradient-flow').ready;
    document.querySelector('gradient-flow').run();
  });
  const processors = await page.evaluate(() => navigator.hardwareConcurrency);
  const speeds = { without: [], with: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    log(`trials: turn ${turn + 1} of ${TURNS}`);
    await page.evaluate(() => (document.querySelector('gradient-flow').trials = 'off'));
    await page.waitForFunction(() => document.querySelector('gradient-flow').shadowRoot.querySelector('.fixes-intro').textContent.startsWith('Not tried'));
    speeds.without.push(await stepsPerSecond(page));
    await page.evaluate(() => (document.querySelector('gradient-flow').trials = 'on'));
    await page.waitForFunction(() => /[1-9]\d* of/.test(document.querySelector('gradient-flow').shadowRoot.querySelector('.fixes-intro').textContent));
    speeds.with.push(await stepsPerSecond(page));
  }
  await context.close();
  const [without, during] = [median(speeds.without), median(speeds.with)];
  return { query: QUERY, processors, steps_per_second: { without, with: during }, slowed_by: 1 - during / without };
}

export function printTrials({ processors, steps_per_second: speed, slowed_by }) {
  console.log(`\ntrials of fixes during a run at full speed, ${processors} processors: ${speed.with.toFixed(0)} steps/s, ${speed.without.toFixed(0)} without them (slower by ${(100 * slowed_by).toFixed(0)} %)`);
}
