/**
 * Measures what a user notices: frame times while a network trains, the longest task of the page, how soon a slider's move
 * and the first chart are painted, and whether memory grows.
 */
import { readFile } from 'node:fs/promises';

const VIEWPORT = { width: 1280, height: 800 };
/** Milliseconds over which frames are measured. */
const SPAN = 6000;
/** Number of times a slider is moved. */
const MOVES = 12;
/** Seconds between measurements of the memory. */
const MEMORY_INTERVAL = 20;

/** Runs at full speed, when the page has most to draw. */
const SCENES = [
  { name: 'the default network', query: 'speed=max' },
  { name: 'every chart open', query: 'speed=max', all: true },
  { name: 'depth 100', query: 'depth=100&activation=relu&init=he_normal&learning-rate=0.001&speed=max' },
  { name: 'depth 100, width 512', query: 'depth=100&width=512&activation=relu&init=he_normal&learning-rate=0.0001&speed=max' },
];

const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/** Records long tasks and the time of the first chart. Runs in the page before anything else. */
function observePage() {
  window.longTasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.longTasks.push(duration))).observe({ type: 'longtask' });
  document.addEventListener(
    'gradient-flow-snapshot',
    () => requestAnimationFrame(() => setTimeout(() => (window.firstChart = performance.now()))),
    { once: true },
  );
}

/** Opens the lab without starting the run. */
async function open(browser, site, query) {
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  const requests = [];
  page.on('request', (request) => requests.push(request.url().slice(site.length)));
  await page.addInitScript(observePage);
  await page.goto(`${site}index.html#${query}`);
  await page.evaluate(async () => {
    await customElements.whenDefined('gradient-flow');
    await document.querySelector('gradient-flow').ready;
  });
  await page.waitForFunction(() => window.firstChart);
  return { context, page, requests };
}

/** The times between frames over `SPAN`, in milliseconds. */
const frames = (page) =>
  page.evaluate(
    (span) =>
      new Promise((resolve) => {
        const times = [];
        const start = performance.now();
        let last = start;
        const frame = () => {
          const now = performance.now();
          times.push(now - last);
          last = now;
          if (now - start < span) requestAnimationFrame(frame);
          else resolve(times.slice(2));
        };
        requestAnimationFrame(frame);
      }),
    SPAN,
  );

/** Milliseconds from a slider's input event to the end of the frame that shows it. */
async function sliderToPaint(page, name) {
  const slider = page.getByRole('slider', { name, exact: true });
  const times = [];
  for (let move = 0; move < MOVES; move += 1) {
    times.push(
      await slider.evaluate(
        (input, up) =>
          new Promise((resolve) => {
            input.value = String(Number(input.value) + (up ? 1 : -1) * Number(input.step === 'any' ? 0.1 : input.step || 1));
            const start = performance.now();
            input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => resolve(performance.now() - start);
              port2.postMessage(0);
            });
          }),
        move % 2 === 1,
      ),
    );
    await page.waitForTimeout(100);
  }
  return { median: quantile(times, 0.5), largest: Math.max(...times) };
}

/** Milliseconds and frames from a change of the depth during a run to the picture of the new network. */
const depthChangeToPaint = (page) =>
  page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const times = [];
    for (const depth of [11, 10, 12, 10, 9, 10]) {
      times.push(
        await new Promise((resolve) => {
          const layers = depth + 1;
          const start = performance.now();
          let count = 0;
          let counting = true;
          const frame = () => {
            count += 1;
            if (counting) requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
          lab.addEventListener('gradient-flow-snapshot', function onSnapshot({ detail }) {
            if (detail.layers.dw_rms.length !== layers) return;
            lab.removeEventListener('gradient-flow-snapshot', onSnapshot);
            requestAnimationFrame(() => {
              counting = false;
              resolve({ ms: performance.now() - start, frames: count });
            });
          });
          lab.config = { depth };
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
    return { ms: median(times.map(({ ms }) => ms)), frames: median(times.map(({ frames }) => frames)) };
  });

/** Bytes of the JavaScript heap after a garbage collection, of wasm memory, and of the renderer process. */
async function memory(page, context, browser, site) {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const wasm = await page.evaluate(async (url) => {
    const { default: init } = await import(url);
    return (await init()).memory.buffer.byteLength;
  }, `${site}${process.env.ASSETS}wasm/gradient_flow.js`);
  const root = await browser.newBrowserCDPSession();
  const { processInfo } = await root.send('SystemInfo.getProcessInfo');
  await root.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const sizes = await Promise.all(renderers.map(({ id }) => readFile(`/proc/${id}/statm`, 'utf8').then((text) => Number(text.split(' ')[1]) * 4096, () => 0)));
  return { javascript: usedSize, wasm, resident: Math.max(0, ...sizes) };
}

/** @param {import('playwright-core').Browser} browser @param {string} site the lab's folder */
export async function measurePage(browser, site, log) {
  const report = { scenes: [], memory: [] };
  for (const { name, query, all } of SCENES) {
    log(`page: ${name}`);
    const { context, page, requests } = await open(browser, site, query);
    const firstChart = await page.evaluate(() => window.firstChart);
    if (all) await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', document.querySelector('gradient-flow').schema.charts.map(({ id }) => id).join(' ')));
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      window.longTasks = [];
      document.querySelector('gradient-flow').run();
    });
    const before = await page.evaluate(() => document.querySelector('gradient-flow').snapshot.step);
    const times = await frames(page);
    const steps = (await page.evaluate(() => document.querySelector('gradient-flow').snapshot.step)) - before;
    const tasks = await page.evaluate(() => window.longTasks);
    const rateSlider = await sliderToPaint(page, 'Learning rate');
    const depthSlider = await sliderToPaint(page, 'Depth');
    const tasksWithSliders = await page.evaluate(() => window.longTasks);
    report.scenes.push({
      name,
      query,
      first_chart_ms: firstChart,
      requests,
      frame_ms: { median: quantile(times, 0.5), p95: quantile(times, 0.95), largest: Math.max(...times) },
      steps_per_second: (1000 * steps) / SPAN,
      longest_task_ms: { running: Math.max(0, ...tasks), with_sliders: Math.max(0, ...tasksWithSliders) },
      learning_rate_to_paint_ms: rateSlider,
      depth_to_paint_ms: depthSlider,
      ...(name === SCENES[0].name ? { new_network: await depthChangeToPaint(page) } : {}),
    });
    await context.close();
  }
  const { context, page } = await open(browser, site, 'speed=max');
  await page.evaluate(() => document.querySelector('gradient-flow').run());
  const duration = Number(process.env.SOAK ?? 3 * MEMORY_INTERVAL);
  for (let seconds = MEMORY_INTERVAL; seconds <= duration; seconds += MEMORY_INTERVAL) {
    await page.waitForTimeout(1000 * MEMORY_INTERVAL);
    const step = await page.evaluate(() => document.querySelector('gradient-flow').snapshot.step);
    report.memory.push({ seconds, step, ...(await memory(page, context, browser, site)) });
    log(`page: memory after ${seconds} s`);
  }
  await context.close();
  return report;
}

export function printPage({ scenes, memory }) {
  const whole = (x) => x.toFixed(0);
  console.log(`\n${'the page, 1280 x 800'.padEnd(22)}${['first chart', 'frame p95', 'longest task', 'slider', 'depth slider', 'steps/s'].map((head) => head.padStart(14)).join('')}`);
  for (const scene of scenes) {
    const cells = [
      `${whole(scene.first_chart_ms)} ms`,
      `${scene.frame_ms.p95.toFixed(1)} ms`,
      scene.longest_task_ms.with_sliders ? `${whole(scene.longest_task_ms.with_sliders)} ms` : 'under 50 ms',
      `${whole(scene.learning_rate_to_paint_ms.largest)} ms`,
      `${whole(scene.depth_to_paint_ms.largest)} ms`,
      scene.steps_per_second.toPrecision(3),
    ];
    console.log(scene.name.padEnd(22) + cells.map((cell) => cell.padStart(14)).join(''));
    if (scene.new_network) console.log(`  another depth while it runs: its picture after ${whole(scene.new_network.ms)} ms, ${scene.new_network.frames} frames`);
  }
  const mega = (bytes) => (bytes / 2 ** 20).toFixed(1);
  for (const { seconds, step, javascript, wasm, resident } of memory) {
    console.log(`memory after ${seconds} s, ${step} steps: JavaScript ${mega(javascript)} MB, wasm ${mega(wasm)} MB, renderer ${mega(resident)} MB`);
  }
}
