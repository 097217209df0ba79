/**
 * Measures the article as a slow phone sees it: frames a second while one scrolls through it with a finger's speed, resting now
 * and then, and the memory of the page once every figure has been seen.
 */
import { readFile } from 'node:fs/promises';

const VIEWPORT = { width: 390, height: 844 };
/** How many times slower the processor is made. */
const SLOWDOWN = 6;
/** CSS pixels of a swipe, and the milliseconds that it takes: fast, as one skims. */
const SWIPE = { distance: 1200, ms: 1000 };
/** Milliseconds of rest after a swipe, before one may read; then until the networks in sight are there and have run. */
const REST = 600;

/** Swipes once; the times between frames meanwhile. @param {import('playwright-core').Page} page */
const swipe = (page) =>
  page.evaluate(
    ({ distance, ms }) =>
      new Promise((resolve) => {
        const [start, top] = [performance.now(), scrollY];
        const times = [];
        let last = start;
        const frame = (/** @type {number} */ now) => {
          times.push(now - last);
          last = now;
          const share = Math.min(1, (now - start) / ms);
          scrollTo(0, top + distance * share);
          if (share < 1) requestAnimationFrame(frame);
          // The first one waited for what was under way before.
          else resolve(times.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    SWIPE,
  );

/** Bytes of the largest renderer process. @param {import('playwright-core').Browser} browser */
async function resident(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => readFile(`/proc/${id}/statm`, 'utf8').then((text) => Number(text.split(' ')[1]) * 4096, () => 0));
  return Math.max(0, ...(await Promise.all(sizes)));
}

/** @param {import('playwright-core').Browser} browser @param {string} site @param {(line: string) => void} log */
export async function measureArticle(browser, site, log) {
  log('article');
  const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const mainThreadTime = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  };
  await page.goto(`${site}learn.html`);
  await page.evaluate(async () => {
    await customElements.whenDefined('gradient-flow');
    await document.querySelector('gradient-flow').ready;
  });
  const [times, busy, workers, sizes] = [[], [], [], []];
  const figures = new Set();
  for (let isEnd = false; !isEnd; ) {
    const before = await mainThreadTime();
    times.push(await swipe(page));
    busy.push(((await mainThreadTime()) - before) / times.at(-1).length);
    await page.waitForTimeout(REST);
    await page.waitForFunction(() => Array.from(document.querySelectorAll('gradient-flow')).every((lab) => lab.snapshot && !lab.running));
    workers.push(page.workers().length);
    sizes.push(await resident(browser));
    const seen = await page.evaluate(() => Array.from(document.querySelectorAll('.frame'), (frame, index) => (frame.querySelector('gradient-flow')?.snapshot ? index : -1)));
    seen.filter((index) => index >= 0).forEach((index) => figures.add(index));
    isEnd = await page.evaluate(() => innerHeight + scrollY >= document.documentElement.scrollHeight - 2);
  }
  await context.close();
  const all = times.flat().sort((a, b) => a - b);
  const rates = times.map((swiped) => (1000 * swiped.length) / swiped.reduce((sum, time) => sum + time, 0)).sort((a, b) => a - b);
  return {
    frames_per_second: { median: rates[rates.length >> 1], least: rates[0] },
    // Of the processor, however many others share it: below 20 ms, 50 frames a second are possible.
    main_thread_ms_per_frame: { median: busy.toSorted((a, b) => a - b)[busy.length >> 1], largest: Math.max(...busy) },
    frame_ms: { median: all[all.length >> 1], p95: all[Math.floor(0.95 * all.length)], largest: all.at(-1) ?? 0 },
    figures_seen: figures.size,
    most_workers: Math.max(...workers),
    resident: { largest: Math.max(...sizes), last: sizes.at(-1) ?? 0 },
  };
}

/** @param {Awaited<ReturnType<typeof measureArticle>>} article */
export function printArticle({ frames_per_second: { median, least }, main_thread_ms_per_frame: thread, frame_ms, figures_seen, most_workers, resident }) {
  const mega = (/** @type {number} */ bytes) => (bytes / 2 ** 20).toFixed(0);
  console.log(`\nthe article on such a phone: ${median.toFixed(0)} frames a second while one scrolls (least ${least.toFixed(0)} in a swipe; ${thread.median.toFixed(1)} ms of the page's thread per frame, largest ${thread.largest.toFixed(1)}; frame p95 ${frame_ms.p95.toFixed(0)} ms, largest ${frame_ms.largest.toFixed(0)} ms); ${figures_seen} figures seen, at most ${most_workers} workers, renderer ${mega(resident.largest)} MB at most, ${mega(resident.last)} MB at the end`);
}
