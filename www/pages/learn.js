// @ts-check
/** The article: its paragraphs set up the network beside the text. It reads without this module too. */
import '../gradient-flow.js';
import { connectFigures } from '../article/figures.js';
import { LiveNumbers } from '../article/numbers.js';
import { connectQuestions } from '../article/questions.js';
import { Scrolling, WIDE, followReading } from '../article/reading.js';
import { Stage } from '../article/stage.js';
import { Step } from '../article/step.js';
import { connectTerms } from '../article/terms.js';
import { el } from '../shared/dom.js';
import { load } from '../shared/wasm.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */

function fillContents() {
  const contents = document.querySelector('nav ol');
  for (const section of document.querySelectorAll('section')) {
    contents?.append(el('li', {}, [el('a', { href: `#${section.id}` }, [section.querySelector('h2')?.textContent ?? ''])]));
  }
}

async function start() {
  fillContents();
  const lab = /** @type {GradientFlow} */ (document.querySelector('.lab gradient-flow'));
  connectTerms(lab);
  const scrolling = new Scrolling();
  connectFigures(scrolling);
  // The laboratory itself says what fails; then paragraphs are only text.
  await load();
  // There is no room for it above the text, which says the same.
  const hideVerdict = () => lab.setAttribute('fixes', WIDE.matches ? 'on' : 'off');
  hideVerdict();
  WIDE.addEventListener('change', hideVerdict);
  const stage = new Stage(lab, /** @type {HTMLElement} */ (document.querySelector('.lab-foot')), () => numbers.update());
  const numbers = new LiveNumbers(stage);
  const paragraphs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-run]')]);
  /** @type {() => void} */
  let stay = () => {};
  const steps = paragraphs.map(
    (paragraph) =>
      new Step(paragraph, (step) => {
        stay();
        stage.show(step);
      }),
  );
  scrolling.listen((isMoving) => stage.makeWay(isMoving));
  connectQuestions(stage);
  stage.show(steps[0]);
  stay = followReading(scrolling, paragraphs, (index) => stage.read(steps[index]));
  import('../hosts/offline.js').then(({ keepOffline }) => keepOffline());
}

start().catch(() => {});
