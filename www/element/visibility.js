// @ts-check
/** Does somebody see the element? */

/** Milliseconds between looks at an element that is where one looks, but not visible (a slide's, say). */
const GLANCE = 250;

export class Sight {
  /** Where one looks. */ #near = false;
  #glance = 0;
  #observer = new IntersectionObserver((entries) => {
    this.#near = entries.at(-1)?.isIntersecting ?? true;
    this.changed();
  });

  /** @param {HTMLElement} host @param {() => void} changed It may be seen now: to be asked anew. */
  constructor(host, changed) {
    this.host = host;
    this.changed = changed;
  }

  begin() {
    this.#observer.observe(this.host);
  }

  end() {
    this.#observer.disconnect();
    clearTimeout(this.#glance);
    this.#near = false;
  }

  /** Is it seen? If something hides it where it is, `changed` is called later. */
  get seen() {
    if (!this.#near) return false;
    // Of what hides it where it is (`visibility`, `opacity`) no observer hears.
    if (this.host.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) return true;
    clearTimeout(this.#glance);
    this.#glance = setTimeout(this.changed, GLANCE);
    return false;
  }
}
