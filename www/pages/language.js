// @ts-check
/** The language of a page with one laboratory: that of its link, else what the reader prefers. Runs before the laboratory. */
import { parseFragment } from '../shared/fragment.js';
import { Words, findLanguage, preferredLanguage } from '../shared/words.js';

const words = new Words();

/** Changes the page's own language; undefined is what the reader prefers. @param {string | null} [wanted] */
export async function speakPage(wanted) {
  const tag = wanted ? findLanguage(wanted).tag : preferredLanguage(navigator.languages);
  if (document.documentElement.lang !== tag) document.documentElement.lang = tag;
  // Without its words the page stays as it was; the laboratory reports it.
  if (!(await words.choose(tag).catch(() => false))) return;
  const title = words.say('page-title');
  document.title = title;
  const heading = document.querySelector('h1');
  if (heading) heading.textContent = title;
}

const { lang } = parseFragment(location.hash).view;
speakPage(lang ?? document.querySelector('gradient-flow')?.getAttribute('lang'));
