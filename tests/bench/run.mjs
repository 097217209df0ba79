/** Runs the benchmark in headless Chromium, prints its tables and writes its report. */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { chromium } from 'playwright-core';
import { measureArticle, printArticle } from './article.mjs';
import { measurePage, printPage } from './page.mjs';
import { measurePhone, printPhone } from './phone.mjs';
import { measureTrials, printTrials } from './trials.mjs';

const { SITE, CHROMIUM, REPORT } = process.env;
if (!SITE || !CHROMIUM || !REPORT) throw new Error('run this by `cargo xtask bench`');

const browser = await chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  // tfjs creates functions from strings, which the site's content security policy forbids.
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  page.setDefaultTimeout(0);
  await page.goto(SITE);
  const progress = (line) => process.stdout.isTTY && process.stdout.write(`\r${line}   `);
  await page.exposeFunction('progress', progress);
  await page.waitForFunction(() => window.bench);
  const report = await page.evaluate(() => window.bench(window.progress));
  report.growth = await page.evaluate(() => window.growth(window.progress));
  await context.close();
  report.page = await measurePage(browser, `${SITE}site/`, progress);
  report.trials = await measureTrials(browser, `${SITE}site/`, progress);
  report.phone = await measurePhone(browser, `${SITE}site/`, progress);
  report.article = await measureArticle(browser, `${SITE}site/`, progress);
  report.date = new Date().toISOString().slice(0, 10);
  report.machine = cpus()[0].model;
  report.chromium = browser.version();
  await writeFile(REPORT, `${JSON.stringify(report, null, 2)}\n`);
  print(report);
} finally {
  await browser.close();
}

/** @param {any} report */
function print(report) {
  const digits = (x) => (x === null ? '' : x < 10 ? x.toPrecision(3) : x.toFixed(0));
  console.log(`\nIn Chromium ${report.chromium}, one thread, f32; ${report.rounds} rounds; ${report.machine}`);
  for (const { name, batch, engines, limit_gflops, statistics } of report.workloads) {
    console.log(`\n${name} (batch ${batch}), limit ${limit_gflops.median.toFixed(1)} GFLOP/s`);
    console.log(`${'engine'.padEnd(16)}${['median ms', 'best ms', 'GFLOP/s', 'of limit', 'ratio', 'dW differs by'].map((head) => head.padStart(14)).join('')}`);
    for (const engine of engines) {
      const cells = [
        digits(engine.ms.median),
        digits(engine.ms.best),
        digits(engine.gflops.median),
        `${(100 * engine.share_of_limit).toFixed(1)} %`,
        `${digits(engine.ratio)}x`,
        engine.worst_dw_norm_deviation === null ? 'other updates' : engine.worst_dw_norm_deviation.toExponential(1),
      ];
      console.log(engine.name.padEnd(16) + cells.map((cell) => cell.padStart(14)).join(''));
    }
    const second = (100 * statistics.share_of_a_second).toFixed(1);
    console.log(`statistics of a shown step: ${digits(statistics.ms.median)} ms, ${(100 * statistics.share_of_a_step).toFixed(0)} % of a step; shown 60 times a second, ${second} % of the time`);
  }
  const { depths, widths, ms } = report.growth;
  console.log(`\nms per step by depth (down) and width (across), ${report.growth.query}`);
  console.log(['', ...widths].map((cell) => String(cell).padStart(9)).join(''));
  depths.forEach((depth, row) => console.log([depth, ...ms[row].map(digits)].map((cell) => String(cell).padStart(9)).join('')));
  printPage(report.page);
  printTrials(report.trials);
  printPhone(report.phone);
  printArticle(report.article);
}
