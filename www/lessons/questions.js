// @ts-check
/** The questions of a lesson: a choice, a number, a drawing. Each takes an answer once, and then shows what came of it. */
import { el, write } from '../shared/dom.js';
import { blockNodes, inlineNodes } from './text.js';

/** @typedef {import('../types.js').LessonAnswer} LessonAnswer */
/** @typedef {import('../types.js').LessonAsk} LessonAsk */
/** @typedef {import('../shared/words.js').Words} Words */
/** @typedef {import('./text.js').RunNumbers} RunNumbers */

/**
 * A question on the card. `show` tells what came of an answer, null if none was given; `lock` takes no answer any more;
 * `action` stands below the card's text; `reveal` shows on the chart what was measured of dW.
 * @typedef {{ element: HTMLElement, action?: HTMLElement, lock: () => void, show: (guess: LessonAnswer | null) => void,
 *   reveal?: (dw: Float32Array) => Promise<unknown>, dispose?: () => void }} Question
 */
/** What questions are made with. @typedef {{ words: Words, numbers: RunNumbers, onanswer: (guess: LessonAnswer) => void }} Context */

/** Before an answer: chosen rightly, or wrongly. */
const MARKS = { right: '✓', wrong: '✗' };

/** @param {Extract<LessonAsk, { kind: 'choose' }>} ask @param {Context} context @returns {Question} */
export function choice({ answers }, { words, numbers, onanswer }) {
  const items = answers.map(({ text }, index) => {
    const button = el('button', { type: 'button', class: 'lesson-answer' }, [el('span', { class: 'mark', 'aria-hidden': 'true' }), el('span', {}, inlineNodes(text, numbers))]);
    button.addEventListener('click', () => onanswer(index));
    return { button, item: el('li', {}, [button]) };
  });
  const element = el('ol', { class: 'lesson-answers', 'aria-label': words.text('lessons-answers') }, items.map(({ item }) => item));
  const lock = () => {
    for (const { button } of items) button.disabled = true;
  };
  return {
    element,
    lock,
    show: (guess) => {
      lock();
      for (const [index, { button, item }] of items.entries()) {
        const { right, reason } = answers[index];
        const isChosen = index === guess;
        if (!right && !isChosen) {
          item.classList.add('other');
          continue;
        }
        const kind = right ? 'right' : 'wrong';
        item.classList.add(kind);
        button.children[0].textContent = MARKS[kind];
        const told = [...(isChosen ? [words.text('lessons-your-answer')] : []), ...(right ? [words.text('lessons-right-answer')] : [])];
        button.append(el('span', { class: 'unseen' }, [' (', ...told.flatMap((text, at) => (at > 0 ? [', ', text] : [text])), ')']));
        if (reason.length > 0) item.append(el('div', { class: 'lesson-reason' }, blockNodes(reason, numbers)));
      }
    },
  };
}

/** @param {Context} context @returns {Question} */
export function number({ words, onanswer }) {
  const id = 'gf-lesson-number';
  const input = el('input', { id, class: 'number', type: 'text', inputmode: 'text', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${id}-refused` });
  const refused = el('p', { class: 'refused', id: `${id}-refused`, role: 'alert' });
  const button = el('button', { type: 'submit', class: 'lesson-main' }, [words.text('lessons-answer')]);
  const form = el('form', { class: 'lesson-number', novalidate: '' }, [el('label', { for: id }, [words.text('lessons-number')]), input, button, refused]);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const guess = readNumber(words.readNumber(input.value));
    input.setAttribute('aria-invalid', String(guess === undefined));
    if (guess === undefined) write(refused, words.text('lessons-number-refused'));
    else onanswer(guess);
  });
  const lock = () => {
    input.disabled = button.disabled = true;
    refused.textContent = '';
  };
  return {
    element: form,
    lock,
    show: (guess) => {
      lock();
      if (typeof guess === 'number') input.value = words.value({ number: String(guess) });
      // What was said stands in the result.
      form.hidden = true;
    },
  };
}

/** A number as people write it: 0.5, 1e-6, 10^6, 10⁶, 2 × 10^6, 1/4, 93 %. @param {string} text */
export function readNumber(text) {
  const plain = text
    .trim()
    .replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${Array.from(digits, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).map((at) => (at < 0 ? '-' : at)).join('')}`)
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\s+/g, '');
  const [, mantissa, exponent] = /^(?:(.+)[×x*·])?10\^([+-]?\d{1,3})$/i.exec(plain) ?? [];
  if (exponent !== undefined) return finite(Number(mantissa ?? 1) * 10 ** Number(exponent));
  const [, share] = /^(.+)%$/.exec(plain) ?? [];
  if (share !== undefined) return finite(Number(share) / 100);
  const [, over, under] = /^([\d.]+)\/([\d.]+)$/.exec(plain) ?? [];
  if (over !== undefined) return finite(Number(over) / Number(under));
  return plain === '' ? undefined : finite(Number(plain));
}

/** @param {number} value */
const finite = (value) => (Number.isFinite(value) ? value : undefined);

/**
 * A drawing on the chart itself, with its own controls here.
 * @param {Context} context @param {{ figures: import('../charts/figures.js').Figures, layers: number }} chart @returns {Promise<Question>}
 */
export async function drawing({ words, onanswer }, { figures, layers }) {
  const { Drawing } = await import('./drawing.js');
  const button = el('button', { type: 'button', class: 'lesson-main', disabled: '' }, [words.text('lessons-reveal')]);
  const drawn = new Drawing({ figures, words, layers, onchange: () => (button.disabled = drawn.value === null) });
  button.addEventListener('click', () => drawn.value && onanswer([...drawn.value]));
  const element = el('div', { class: 'lesson-drawing' }, [drawn.element]);
  const lock = () => drawn.lock();
  return {
    element,
    action: button,
    lock,
    show: (guess) => {
      if (Array.isArray(guess)) drawn.set(guess);
      lock();
      element.hidden = true;
    },
    reveal: (dw) => drawn.reveal(dw),
    dispose: () => drawn.dispose(),
  };
}
