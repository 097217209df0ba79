// @ts-check
/** From its second visit on, the laboratory works without a network (sw.js). */
import { site } from '../shared/assets.js';

export async function keep() {
  const home = site();
  if (!home || !navigator.serviceWorker) return;
  try {
    const registration = await navigator.serviceWorker.register(new URL('sw.js', home), { updateViaCache: 'none' });
    const { waiting } = registration;
    if (!waiting) {
      await registration.update();
      return;
    }
    // A new version is here, whole. If it agrees, this page is loaded once more, by it; the address has its state.
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('take over');
  } catch {
    // It works with a network as it did.
  }
}
