/**
 * Measures the page as a slow phone on a slow network sees it: how soon the first chart is painted, and how many pictures
 * a second there are while a network trains at full speed.
 */
const VIEWPORT = { width: 390, height: 844 };
/** Slow 4G, as Chromium's own tools emulate it: 1.6 Mbit/s, 150 ms. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
/** How many times slower the processor is made. */
const SLOWDOWN = 6;
/** Milliseconds over which pictures are counted. */
const SPAN = 6000;
/** How often the page is opened; the median counts, for the machine may have other work. */
const ROUNDS = 3;

/** Records when the first chart is painted, which snapshots are drawn, and how long the page's tasks take. */
function observePage() {
  Object.assign(window, { pictures: 0, tasks: [] });
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.tasks.push(duration))).observe({ type: 'longtask' });
  document.addEventListener('gradient-flow-snapshot', () => {
    requestAnimationFrame(() => {
      window.pictures += 1;
      const { port1, port2 } = new MessageChannel();
      // After this frame.
      port1.onmessage = () => (window.firstChart ??= performance.now());
      port2.postMessage(0);
    });
  });
}

/** @param {import('playwright-core').Browser} browser @param {string} address */
async function visit(browser, address) {
  const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: 2, isMobile: true, hasTouch: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const mainThreadTime = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  };
  await page.addInitScript(observePage);
  await page.goto(address);
  await page.waitForFunction(() => window.firstChart);
  const firstChart = await page.evaluate(() => window.firstChart);
  const startTasks = await page.evaluate(() => window.tasks.splice(0));
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    document.querySelector('gradient-flow').run();
  });
  await page.waitForTimeout(1000);
  const before = await mainThreadTime();
  const counted = await page.evaluate(
    (span) =>
      new Promise((resolve) => {
        Object.assign(window, { pictures: 0, tasks: [] });
        const start = performance.now();
        setTimeout(() => resolve({ pictures: window.pictures, tasks: window.tasks, ms: performance.now() - start }), span);
      }),
    SPAN,
  );
  const busy = (await mainThreadTime()) - before;
  await context.close();
  return {
    first_chart_ms: firstChart,
    longest_start_task_ms: Math.max(0, ...startTasks),
    pictures_per_second: (1000 * counted.pictures) / counted.ms,
    longest_task_ms: Math.max(0, ...counted.tasks),
    // Of the processor, however many others share it.
    main_thread_ms_per_picture: busy / counted.pictures,
  };
}

/** @param {import('playwright-core').Browser} browser @param {string} site @param {(line: string) => void} log */
export async function measurePhone(browser, site, log) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    log(`phone: ${round + 1} of ${ROUNDS}`);
    rounds.push(await visit(browser, `${site}index.html#speed=max`));
  }
  const median = (/** @type {keyof (typeof rounds)[0]} */ name) => rounds.map((round) => round[name]).sort((a, b) => a - b)[ROUNDS >> 1];
  return {
    first_chart_ms: median('first_chart_ms'),
    longest_start_task_ms: median('longest_start_task_ms'),
    pictures_per_second: median('pictures_per_second'),
    longest_task_ms: median('longest_task_ms'),
    main_thread_ms_per_picture: median('main_thread_ms_per_picture'),
    rounds,
  };
}

/** @param {Awaited<ReturnType<typeof measurePhone>>} phone */
export function printPhone({ first_chart_ms, longest_start_task_ms, pictures_per_second, longest_task_ms, main_thread_ms_per_picture }) {
  console.log(`\na phone, 390 x 844, ${SLOWDOWN} times slower, 1.6 Mbit/s and 150 ms: first chart after ${(first_chart_ms / 1000).toFixed(2)} s (longest task ${longest_start_task_ms.toFixed(0)} ms); at full speed ${pictures_per_second.toFixed(1)} pictures a second, ${main_thread_ms_per_picture.toFixed(0)} ms of the page's thread each, longest task ${longest_task_ms.toFixed(0)} ms`);
}
