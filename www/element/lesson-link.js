// @ts-check
/** The lessons of an element. What they are made of (www/lessons) is loaded when one is entered, or their menu is opened. */
import { messageOf } from '../shared/errors.js';

/** @typedef {import('../lessons/lessons.js').Lessons} Lessons */

export class LessonLink {
  /** Once they are loaded. @type {Lessons | undefined} */
  lessons;

  /** @param {import('./laboratory.js').Laboratory} laboratory */
  constructor(laboratory) {
    this.laboratory = laboratory;
  }

  /** Does something with the lessons, which are loaded first, and shows why it could not be done. @param {(lessons: Lessons) => unknown} act */
  async with(act) {
    const { laboratory } = this;
    const { figures, screen, words } = laboratory;
    try {
      const { Lessons } = await import('../lessons/lessons.js');
      const loaded = this.lessons ?? (await Lessons.create(laboratory));
      // Removed meanwhile.
      if (!figures || figures !== laboratory.figures) return;
      this.lessons ??= loaded;
      await act(this.lessons);
    } catch (error) {
      if (this.lessons) this.lessons.report(error);
      else screen.status.showProblem([messageOf(error, words)]);
    } finally {
      screen.root.classList.remove('awaiting');
    }
  }

  /** The attribute `lesson` is another one. */
  follow() {
    const { host, screen } = this.laboratory;
    // Leaving brings back what was there at once: what is set next is meant to stay.
    if (this.lessons && !host.hasAttribute('lesson')) this.lessons.leave();
    else if (host.hasAttribute('lesson')) {
      screen.root.classList.toggle('awaiting', !this.lessons);
      this.with((lessons) => lessons.follow());
    }
  }

  /** The element has been removed. */
  end() {
    this.lessons?.end();
    this.lessons = undefined;
  }
}
