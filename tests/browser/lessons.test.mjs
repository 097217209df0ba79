/** Lessons: entered and left, predicted by keyboard, touch and in a sandboxed frame, puzzles, a file of one's own. */
import assert from 'node:assert/strict';
import { badlyPlaced } from './boxes.mjs';
import { config, eventually, ready, rebuild, settled, snapshot, step, until } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Page | import('playwright-core').Frame} Place */

const { SITE } = process.env;
const PHONE = { width: 390, height: 844 };

const card = (/** @type {Place} */ page) => page.locator('.lesson-card');
const title = (/** @type {Place} */ page) => card(page).locator('.lesson-title');

/** What an element is at, in the terms of its user. @param {Place} page */
const state = (page) =>
  page.evaluate(() => {
    const lab = document.querySelector('gradient-flow');
    const root = lab.shadowRoot;
    const shown = (/** @type {string} */ selector) => [...root.querySelectorAll(selector)].filter((element) => element.checkVisibility({ visibilityProperty: true }));
    return {
      config: lab.config,
      charts: [...root.querySelectorAll('figure[data-chart]')].map((figure) => figure.dataset.chart),
      attributes: ['charts', 'controls', 'lesson', 'fixes'].map((name) => lab.getAttribute(name)),
      controls: root.querySelectorAll('.controls .field').length,
      running: lab.running,
      step: lab.snapshot.step,
      hasCard: shown('.lesson-card').length > 0,
      verdict: shown('.headline').length > 0,
      canvases: shown('figure[data-chart] canvas').length,
    };
  });

/** Collects the events of lessons. @param {Place} page */
const listen = (page) =>
  page.evaluate(() => {
    window.heard = [];
    document.addEventListener('gradient-flow-lesson', ({ detail }) => window.heard.push(structuredClone(detail)));
  });

/** Waits until a part asks, or is open. @param {Place} page @param {string} heading @param {'asks' | 'is open'} stage */
async function part(page, heading, stage) {
  await title(page).getByText(heading, { exact: true }).waitFor();
  await page.waitForFunction((isAsked) => document.querySelector('gradient-flow').shadowRoot.querySelector('.lab').classList.contains('asking') === isAsked, stage === 'asks');
  // Where it asks there is something to answer with.
  if (stage === 'asks') await card(page).getByRole('button', { name: 'Skip and show' }).waitFor();
}

/** What has the focus. @param {Page} page */
const focused = (page) => page.evaluate(() => document.querySelector('gradient-flow').shadowRoot.activeElement?.className ?? '');

/** Presses a key until something has the focus. @param {Page} page @param {string} key @param {import('playwright-core').Locator} target */
async function tabTo(page, target, key = 'Tab') {
  await target.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press(key);
  }
  assert.fail(`no way by ${key} to ${await target.evaluate((element) => element.outerHTML)}`);
}

pageTest('the lesson on vanishing gradients is done by the keyboard alone', {}, async (page) => {
  await ready(page);
  await listen(page);
  await tabTo(page, page.getByRole('button', { name: 'Lessons' }));
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog', { name: 'Lessons' });
  await menu.waitFor();
  await picture(page, 'lessons-menu');
  assert.equal(await menu.locator('.lesson-list button').count(), 12);
  await tabTo(page, menu.getByRole('button', { name: 'Why deep sigmoid networks do not learn' }));
  await page.keyboard.press('Enter');

  // A drawing, by numbers.
  await page.locator('.lesson-card').waitFor();
  const headings = ['Twenty layers of sigmoid', 'One factor per layer', 'Would patience help?', 'How deep is too deep?'];
  await part(page, await title(page).textContent(), 'asks');
  const first = await title(page).textContent();
  assert.match(await focused(page), /lesson-title/, 'the focus is in the card');
  const before = await state(page);
  assert.deepEqual(before.charts, ['signals']);
  assert.deepEqual([before.verdict, before.running, before.step], [false, false, 0], 'nothing is given away');
  await picture(page, 'lessons-draw-asked');
  await page.keyboard.press(' ');
  await page.keyboard.press('s');
  assert.equal((await state(page)).running, false, 'nor can it be run');
  // The worker answers in order.
  assert.equal((await step(page, 0)).step, 0, 'nor stepped');
  const reveal = card(page).getByRole('button', { name: 'Reveal' });
  for (const [index, value] of ['-2', '-2', '-2'].entries()) {
    await tabTo(page, card(page).locator('.lesson-drawing input').nth(index));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
  }
  await tabTo(page, reveal);
  await page.keyboard.press('Enter');
  await part(page, first, 'is open');
  await card(page).locator('.lesson-result').getByText('You drew it level. It falls by').waitFor();
  await eventually(() => focused(page), (name) => assert.match(name, /lesson-result/, 'the focus is at what came of it'));
  assert.equal((await state(page)).verdict, true);
  await picture(page, 'lessons-draw-revealed');

  // A choice, or a number, in each of the other parts.
  for (const heading of headings.slice(1)) {
    await tabTo(page, card(page).locator('.lesson-foot .lesson-main'));
    await page.keyboard.press('Enter');
    await title(page).getByText(heading, { exact: true }).waitFor();
    await part(page, heading, 'asks');
    const number = card(page).getByLabel('Your number');
    if (await number.count()) {
      await tabTo(page, number);
      await page.keyboard.type('half');
      await page.keyboard.press('Enter');
      await card(page).getByText('Please enter a number').waitFor();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('1/4');
      await page.keyboard.press('Enter');
      await part(page, heading, 'is open');
      await card(page).getByText('0.25 is close enough').waitFor();
    } else {
      assert.equal((await state(page)).canvases, 0, 'no chart is seen');
      await picture(page, 'lessons-choose-asked');
      await tabTo(page, card(page).locator('.lesson-answer').first());
      await page.keyboard.press('Enter');
      await part(page, heading, 'is open');
      await card(page).locator('.lesson-result').waitFor();
      await picture(page, 'lessons-choose-revealed');
    }
    await eventually(() => card(page).locator('.lesson-reveal').textContent(), (text) => assert.doesNotMatch(text, /…|–/, 'all numbers are there'));
  }
  assert.equal((await snapshot(page)).step, 600, 'as far as the part says');

  // The puzzle at its end is of the reader's making.
  await tabTo(page, card(page).locator('.lesson-foot .lesson-main'));
  await page.keyboard.press('Enter');
  await card(page).locator('.puzzle').waitFor();
  await tabTo(page, card(page).getByRole('button', { name: 'Hint 1' }));
  await page.keyboard.press('Enter');
  await card(page).locator('.puzzle-opened').waitFor();
  await tabTo(page, card(page).getByRole('button', { name: 'Hint 2' }));
  await page.keyboard.press('Enter');
  assert.equal(await card(page).locator('.puzzle-opened').count(), 2);
  const fixes = page.locator('.fix');
  assert.equal(await fixes.count() && (await fixes.first().isVisible()), 0, 'no fix gives the solution away');
  for (const name of ['depth', 'activation']) assert.ok(await page.locator(`#gf-${name}`).isDisabled(), `${name} is fixed`);
  assert.ok(await page.locator('#gf-learning_rate').isEnabled());
  await tabTo(page, page.locator('details[data-group="remedies"] summary').first(), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('switch', { name: 'Residual connections' }));
  await page.keyboard.press(' ');
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('speed', 'max'));
  await tabTo(page, page.getByRole('button', { name: 'Run', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await card(page).getByText(/Solved at step \d+!/).waitFor();
  await picture(page, 'lessons-puzzle-solved');
  const heard = await page.evaluate(() => window.heard);
  assert.deepEqual(heard.filter(({ part }) => part === 1).map(({ stage }) => stage), ['asked', 'predicted', 'revealed']);
  assert.deepEqual(heard.at(-1), { id: 'vanishing', part: 5, stage: 'solved', result: heard.at(-1).result });
  assert.equal(heard.at(-1).result.right, true);
  const [drawn] = heard.filter(({ stage }) => stage === 'revealed');
  assert.equal(drawn.guess.length, 21);
  assert.equal(drawn.result.right, false);

  // And it is kept.
  await tabTo(page, page.getByRole('button', { name: 'Lessons' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await menu.getByRole('button', { name: /Why deep sigmoid networks do not learn.*done/ }).waitFor();
  await picture(page, 'lessons-menu-done');
  await menu.getByRole('button', { name: 'Clear my progress' }).click();
  assert.equal(await menu.locator('.lesson-done').count(), 0);
});

pageTest('a puzzle is solved by touch on a phone', { path: '#lesson=gradients/4', viewport: PHONE, touch: true }, async (page) => {
  await ready(page);
  await card(page).locator('.puzzle').waitFor();
  await eventually(() => badlyPlaced(page), (bad) => assert.deepEqual(bad, []));
  await picture(page, 'lessons-puzzle-phone');
  // The card folds to a line.
  await card(page).locator('.lesson-fold').tap();
  await eventually(() => card(page).evaluate((element) => element.getBoundingClientRect().height), (height) => assert.ok(height <= 50, `${height} px`));
  await picture(page, 'lessons-folded-phone');
  await card(page).locator('.lesson-fold').tap();
  // It fails as it is.
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('speed', 'max'));
  await page.getByRole('button', { name: 'Run', exact: true }).tap();
  await card(page).getByText('100 steps are over').waitFor();
  const isOver = () => eventually(() => state(page), ({ running, step }) => assert.deepEqual([running, step], [false, 100], 'the run stops where it no longer counts'));
  await isOver();
  // Again, though it is started while the one that is over still stands there.
  await rebuild(page, () =>
    page.evaluate(() => {
      document.querySelector('gradient-flow').reset();
      document.querySelector('gradient-flow').run();
    }),
  );
  await isOver();
  await page.getByRole('button', { name: 'Settings' }).tap();
  await page.getByLabel('Learning rate', { exact: true }).first().fill('0.3');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Settings' }).tap();
  await page.getByRole('button', { name: 'Restart' }).tap();
  await page.getByRole('button', { name: 'Run', exact: true }).tap();
  await card(page).getByText(/Solved at step \d+!/).waitFor();
  await picture(page, 'lessons-puzzle-phone-solved');
  await card(page).getByRole('button', { name: /Find another/ }).tap();
  await eventually(() => config(page), ({ learning_rate }) => assert.equal(learning_rate, 0.03, 'as it was at the start'));
});

const sandbox = (/** @type {string} */ fragment, size = 'width: 640px; height: 600px') => ({
  path: 'course.html',
  // Under our policy no worker may be made of what the page has itself: it trains in the page.
  expected: /Creating a worker from/,
  pages: {
    'course.html': `<!doctype html><html lang="en"><title>Course</title><link rel="icon" href="${SITE}icon.svg"><style>iframe { ${size}; border: 0 }</style>
      <iframe src="${SITE}embed.html#${fragment}" sandbox="allow-scripts" title="Lesson"></iframe>`,
  },
});

pageTest('a lesson works in a sandboxed frame, which keeps nothing', sandbox('lesson=start/2'), async (page) => {
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await frame.waitForFunction(() => document.querySelector('gradient-flow')?.snapshot);
  const heading = 'Half is far too little';
  await part(frame, heading, 'asks');
  await card(frame).getByRole('button', { name: 'A tenth.' }).click();
  await part(frame, heading, 'is open');
  await card(frame).getByText('Not quite.').waitFor();
  await card(frame).getByText('Halving adds up faster').waitFor();
  await picture(page, 'lessons-sandbox');
  await card(frame).getByRole('button', { name: 'Leave' }).click();
  await eventually(() => state(frame), ({ hasCard, config }) => assert.deepEqual([hasCard, config.depth], [false, 10]));
});

pageTest('a small frame shows the question first, and the chart after it', { path: 'embed.html#lesson=vanishing/3', viewport: { width: 320, height: 240 } }, async (page) => {
  await ready(page);
  const heading = 'Would patience help?';
  await part(page, heading, 'asks');
  assert.equal((await state(page)).canvases, 0);
  await eventually(() => badlyPlaced(page), (bad) => assert.deepEqual(bad, []));
  await picture(page, 'lessons-small-asked');
  await card(page).locator('.lesson-answer').last().click();
  await part(page, heading, 'is open');
  await eventually(() => state(page), ({ canvases }) => assert.ok(canvases > 0));
  await settled(page);
  await eventually(() => badlyPlaced(page), (bad) => assert.deepEqual(bad, []));
  await picture(page, 'lessons-small-revealed');
  await card(page).locator('.lesson-fold').click();
  await card(page).getByText('Right.', { exact: true }).waitFor();
});

for (const [width, scheme] of /** @type {const} */ ([[390, 'dark'], [861, 'light'], [1142, 'dark']])) {
  pageTest(`nothing covers anything in a lesson at ${width} px, in German too`, { path: '#lesson=vanishing', viewport: { width, height: 844 }, scheme }, async (page) => {
    await ready(page);
    for (const lang of ['en', 'de']) {
      await page.evaluate((tag) => document.querySelector('gradient-flow').setAttribute('lang', tag), lang);
      for (const part of [1, 2, 3, 5]) {
        await page.evaluate((lesson) => document.querySelector('gradient-flow').setAttribute('lesson', lesson), `vanishing/${part}`);
        await card(page).locator('.lesson-where').getByText(`${part} ${lang === 'en' ? 'of' : 'von'}`).waitFor();
        const skip = card(page).getByRole('button', { name: lang === 'en' ? 'Skip and show' : 'Überspringen und zeigen' });
        const open = card(page).locator('.lesson-reveal, .puzzle');
        await skip.or(open).first().waitFor();
        await settled(page);
        await eventually(() => badlyPlaced(page), (bad) => assert.deepEqual(bad, [], `part ${part}, ${lang}`));
        await picture(page, `lessons-${width}-${lang}-${part}`);
        // In the second language it is answered already: the question may stand there for a moment.
        if (lang === 'en' && (await skip.count())) await skip.click();
        await open.waitFor();
        await settled(page);
        await eventually(() => badlyPlaced(page), (bad) => assert.deepEqual(bad, [], `part ${part} revealed, ${lang}`));
        await picture(page, `lessons-${width}-${lang}-${part}-revealed`);
      }
    }
  });
}

pageTest('leaving a lesson brings back what was there: by its button, by Escape, and by the browser', { path: '#depth=4&width=16&activation=tanh&charts=loss+signals&speed=max' }, async (page) => {
  await ready(page);
  // A live change and a kept run, too.
  await step(page, 3);
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { learning_rate: 0.05 }));
  await step(page, 4);
  await page.waitForFunction(() => location.hash.includes('learning-rate=0.05'));
  const { attributes, ...before } = await state(page);
  const losses = await snapshot(page);
  // What the driver knows of the address may be older.
  const fragment = await page.evaluate(() => location.hash);
  const enter = async () => {
    await page.getByRole('button', { name: 'Lessons' }).click();
    // The question stands there before its network: until then the one of before does.
    await rebuild(page, () => page.getByRole('dialog').getByRole('button', { name: 'The learning rate' }).click());
    await part(page, 'Three times as fast?', 'asks');
    await page.waitForFunction(() => location.hash.includes('lesson=learning-rate'));
    assert.notDeepEqual((await state(page)).config, before.config);
  };
  const leave = [
    () => card(page).getByRole('button', { name: 'Leave' }).click(),
    () => page.keyboard.press('Escape'),
    () => page.goBack(),
  ];
  for (const act of leave) {
    await enter();
    await rebuild(page, act);
    const after = await eventually(() => state(page), ({ hasCard, step }) => assert.deepEqual([hasCard, step], [false, before.step]));
    assert.deepEqual(after, { ...before, attributes });
    assert.equal((await snapshot(page)).train_loss, losses.train_loss, 'the same steps');
    await page.waitForFunction((hash) => location.hash === hash, fragment);
  }
  // The kept run too.
  await page.evaluate(() => {
    const lab = document.querySelector('gradient-flow');
    lab.pin();
    lab.config = { activation: 'relu' };
  });
  await step(page, 2);
  const kept = () => page.locator('.differences').textContent();
  const told = await eventually(kept, (text) => assert.match(text, /Activation/));
  await enter();
  assert.equal(await page.locator('.pinned').isVisible(), false);
  await page.keyboard.press('Escape');
  // On its way to what was kept, the run passes this step too.
  await eventually(async () => [(await state(page)).step, await kept()], (now) => assert.deepEqual(now, [2, told]));
  await page.waitForFunction(() => !location.hash.includes('lesson='));
  // A run goes on.
  await page.evaluate(() => document.querySelector('gradient-flow').run());
  await enter();
  assert.equal((await state(page)).running, false);
  await page.keyboard.press('Escape');
  await eventually(() => state(page), ({ running }) => assert.equal(running, true));
});

pageTest('what a script sets while it leaves a lesson stays', { path: '#lesson=relu' }, async (page) => {
  await ready(page);
  await card(page).waitFor();
  await page.evaluate(() => {
    const lab = document.querySelector('gradient-flow');
    lab.lesson = null;
    lab.config = { depth: 17 };
  });
  await eventually(() => state(page), ({ hasCard, config }) => assert.deepEqual([hasCard, config.depth], [false, 17]));
});

pageTest('what is set before the browser has gone back from a lesson stays, and is in the address', { path: '#depth=4&width=8' }, async (page) => {
  await ready(page);
  await page.evaluate(() => (document.querySelector('gradient-flow').lesson = 'relu'));
  await card(page).waitFor();
  await page.waitForFunction(() => history.state?.isLesson && location.hash.includes('lesson=relu'));
  await page.evaluate(async () => {
    document.querySelector('gradient-flow').lesson = null;
    await new Promise(requestAnimationFrame);
    document.querySelector('gradient-flow').config = { depth: 17 };
  });
  await page.waitForFunction(() => location.hash.includes('depth=17') && !history.state?.isLesson);
  assert.equal((await step(page, 0)).layers.dw_rms.length, 18);
});

pageTest('changing something else is told, and one click leads back to the step', { path: '#lesson=residual/2' }, async (page) => {
  await ready(page);
  const heading = 'Does it learn?';
  await part(page, heading, 'asks');
  await card(page).getByRole('button', { name: 'Skip and show' }).click();
  await part(page, heading, 'is open');
  const modified = card(page).getByRole('button', { name: 'Modified' });
  assert.equal(await modified.isVisible(), false);
  const { test_accuracy: reached } = await snapshot(page);
  await rebuild(page, () => page.getByRole('switch', { name: 'Residual connections' }).click());
  await modified.waitFor();
  await eventually(() => badlyPlaced(page), (bad) => assert.deepEqual(bad, []));
  await picture(page, 'lessons-modified');
  await modified.click();
  await eventually(() => snapshot(page), ({ step, test_accuracy }) => assert.deepEqual([step, test_accuracy], [600, reached]));
  assert.equal(await modified.isVisible(), false);
});

const OWN = `title = Week 3
minutes = 2

# Two layers

config = depth=2&width=8&data=gauss&activation=tanh
charts = loss
controls = learning_rate

Look at [the notes](https://example.org/notes) and at \`dW\`, in layer {depth}:

1. first
2. *second*

## Ask: choose

Does it learn?

- [x] Yes.
- [ ] No.
  > It does.
`;

/** Drops a lesson file on the laboratory. @param {Page} page @param {string} name @param {string} text */
const drop = (page, name, text) =>
  page.evaluate(([name, text]) => {
    const lab = document.querySelector('gradient-flow');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name));
    for (const type of ['dragover', 'drop']) lab.shadowRoot.querySelector('.lab').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
  }, /** @type {const} */ ([name, text]));

pageTest("a teacher's own file is dropped, and told line and reason where it is wrong", { path: '#depth=3&width=8' }, async (page) => {
  await ready(page);
  await drop(page, 'week-3.md', OWN);
  await part(page, 'Two layers', 'asks');
  assert.equal(await card(page).getByRole('link', { name: 'the notes' }).getAttribute('rel'), 'noopener');
  assert.equal(await card(page).locator('.lesson-text ol li em').textContent(), 'second');
  await eventually(() => card(page).locator('.run-number').textContent(), (text) => assert.equal(text, '2'));
  // Mistakes: the last good state stays.
  await page.evaluate(() => document.addEventListener('gradient-flow-error', ({ detail }) => (window.failure = detail), { once: true }));
  await drop(page, 'week-4.md', OWN.replace('charts = loss', 'charts = losses').replace('- [x] Yes.', '- [ ] Yes.\n  > <b>Yes</b>'));
  const told = page.locator('.refusal');
  await told.getByText('week-4.md cannot be used as a lesson').waitFor();
  await told.getByText('Line 7: There is no chart “losses”').waitFor();
  await picture(page, 'lessons-own-wrong');
  assert.deepEqual(await page.evaluate(() => [window.failure.name, window.failure.problems.map(({ line }) => line)]), ['LessonError', [7, 15, 20, 20]]);
  assert.equal(await title(page).textContent(), 'Two layers');
  assert.equal((await state(page)).hasCard, true);
  await told.getByRole('button', { name: 'Close this message' }).click();
  await card(page).getByRole('button', { name: 'Yes.' }).click();
  await card(page).getByText('Right.', { exact: true }).waitFor();
  await card(page).locator('.lesson-ways').getByRole('button', { name: 'Leave' }).click();
  await eventually(() => config(page), ({ depth, data }) => assert.deepEqual([depth, data], [3, 'digits']));
});

pageTest('a lesson beside the page is named by its address, and what cannot be found is told', {
  path: 'lecture.html',
  pages: {
    'lecture.html': `<!doctype html><html lang="en"><title>Lecture</title><link rel="icon" href="${SITE}icon.svg"><script type="module" src="gradient-flow.js"></script>
      <gradient-flow lesson="files/week-3.md" predict="off" style="height: 700px"></gradient-flow>`,
    'files/week-3.md': OWN,
  },
}, async (page) => {
  await ready(page);
  await part(page, 'Two layers', 'is open');
  // Nothing is asked: the right answer stands there.
  await card(page).getByText('the right answer').waitFor({ state: 'attached' });
  assert.equal(await card(page).locator('.lesson-result').count(), 0);
  const errors = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const heard = [];
    document.addEventListener('gradient-flow-error', ({ detail }) => heard.push(detail));
    for (const lesson of ['vanishment', 'vanishing/9', 'http://', 'x'.repeat(1e5)]) {
      lab.lesson = lesson;
      const count = heard.length;
      while (heard.length === count) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    lab.predict = 'maybe';
    while (heard.length < 5) await new Promise((resolve) => setTimeout(resolve, 20));
    return heard.map(({ name, message }) => `${name}: ${message}`);
  });
  assert.match(errors[0], /^LessonError: There is no lesson “vanishment”. There are: gradients, vanishing, /);
  assert.match(errors[1], /^LessonError: The lesson has no part 9: it has 5\./);
  assert.match(errors[2], /^LessonError: There is no lesson “http:\/\/”\. There are: /);
  assert.match(errors[3], /^LessonError: There is no lesson “x{80}…”\. There are: /);
  assert.match(errors[4], /predict/);
  assert.equal(await title(page).textContent(), 'Two layers');
  const lessons = await page.evaluate(() => document.querySelector('gradient-flow').lessons);
  assert.equal(lessons.length, 12);
  assert.deepEqual(lessons[1], { id: 'vanishing', title: 'Why deep sigmoid networks do not learn', minutes: 10 });
});

pageTest('without fixes there is no verdict, and none is spoken', { path: 'embed.html#fixes=off&depth=20&charts=signals+loss&controls=none' }, async (page) => {
  await ready(page);
  await step(page, 2);
  await settled(page);
  assert.equal((await state(page)).verdict, false);
  assert.equal(await page.getByText('Vanishing gradient').count() && (await page.getByText('Vanishing gradient').first().isVisible()), false);
  assert.equal(await page.locator('.unseen[role="status"]').first().textContent(), '');
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('fixes', 'on'));
  await eventually(() => state(page), ({ verdict }) => assert.equal(verdict, true));
});

pageTest('answers are plain data with which a lesson can be entered again', { path: '#lesson=vanishing/3' }, async (page) => {
  await ready(page);
  const heading = 'Would patience help?';
  await part(page, heading, 'asks');
  await card(page).locator('.lesson-answer').first().click();
  await part(page, heading, 'is open');
  await card(page).locator('.lesson-ways').getByRole('button', { name: 'Next part' }).click();
  await part(page, 'How deep is too deep?', 'asks');
  await card(page).locator('.lesson-ways').getByRole('button', { name: 'Previous part' }).click();
  await part(page, heading, 'is open');
  await card(page).getByText('your answer').waitFor({ state: 'attached' });
  await card(page).getByText('Not quite.').waitFor();
});

pageTest('whoever answers before the network is there is told of in order', { path: '#depth=2&width=8' }, async (page) => {
  await ready(page);
  await listen(page);
  await page.evaluate(() => {
    const lab = document.querySelector('gradient-flow');
    const observer = new MutationObserver(() => {
      const answer = lab.shadowRoot.querySelector('.lesson-answer');
      if (!answer) return;
      observer.disconnect();
      answer.click();
    });
    observer.observe(lab.shadowRoot, { childList: true, subtree: true });
    lab.lesson = 'vanishing/3';
  });
  await card(page).locator('.lesson-result').waitFor();
  await eventually(() => page.evaluate(() => window.heard.map(({ stage }) => stage)), (stages) => assert.deepEqual(stages, ['asked', 'predicted', 'revealed']));
});

pageTest('a first visit is offered the first lesson once', { firstVisit: true }, async (page) => {
  await ready(page);
  const offer = page.locator('.lesson-offer');
  await offer.getByText('What a network learns from').waitFor();
  await settled(page);
  await picture(page, 'lessons-offer');
  await page.reload();
  await ready(page);
  await offer.getByRole('button', { name: 'No, thanks' }).click();
  assert.equal(await offer.count(), 0);
  await page.reload();
  await ready(page);
  await until(page, async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return true;
  });
  assert.equal(await offer.count(), 0, 'for good');
});

for (const [id, parts] of Object.entries({ gradients: 4, vanishing: 5, start: 4, hidden: 4, saturation: 4, relu: 5, 'learning-rate': 5, clipping: 4, 'weight-decay': 4, normalization: 5, residual: 4, 'edge-of-chaos': 4 })) {
  pageTest(`the lesson ${id} can be walked to its end`, { path: `#lesson=${id}` }, async (page) => {
    await ready(page);
    for (let index = 1; index <= parts; index += 1) {
      await card(page).locator('.lesson-where').getByText(`part ${index} of`).waitFor();
      const skip = card(page).getByRole('button', { name: 'Skip and show' });
      const puzzle = card(page).locator('.puzzle');
      await skip.or(puzzle).first().waitFor();
      if (await skip.count()) {
        await skip.click();
        await page.waitForFunction(() => !document.querySelector('gradient-flow').shadowRoot.querySelector('.asking'));
        await card(page).locator('.lesson-reveal').waitFor();
        await eventually(() => card(page).locator('.lesson-reveal').textContent(), (text) => assert.doesNotMatch(text, / …|–(?! )/));
      }
      await eventually(() => badlyPlaced(page), (bad) => assert.deepEqual(bad, []));
      if (index < parts) await card(page).locator('.lesson-foot').getByRole('button', { name: 'Next part' }).click();
    }
    assert.equal(await card(page).locator('.lesson-foot').getByRole('button', { name: 'Next part' }).count(), 0);
  });
}
