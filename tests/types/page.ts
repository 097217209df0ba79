/** A page of somebody else's: what the shipped declarations allow, and what they refuse. */
import { GradientFlow } from '../../target/test-site/gradient-flow.js';

const lab: GradientFlow = document.createElement('gradient-flow');
document.querySelector('gradient-flow')?.pause();

lab.config = { depth: 20, activation: 'relu', batch_size: 'full', residual: true };
const width: number = lab.config.width;
const activation: 'sigmoid' | 'tanh' | string = lab.config.activation;
lab.charts = 'signals loss';
lab.theme = null;
lab.autoplay = true;

lab.addEventListener('gradient-flow-snapshot', ({ detail }) => {
  const first: number = detail.layers.dw_rms[0];
  const overflow: number | undefined = detail.first_nonfinite?.layer;
  console.log(first, overflow, detail.train_loss?.toFixed(2));
});
document.addEventListener('gradient-flow-config', ({ detail }) => console.log(detail.learning_rate));
lab.addEventListener('gradient-flow-diagnosis', ({ detail }) => console.log(detail.text, detail.fixes[0]?.label));
lab.addEventListener('gradient-flow-error', ({ detail }) => console.log(detail.message, detail.field));

lab.ready.then(async (self: GradientFlow) => {
  const snapshot = await self.step(10);
  const svg: string = self.toSVG('signals', 900, 360);
  const helps: string[] = self.schema?.fields.map(({ name, help }) => `${name}: ${help}`) ?? [];
  console.log(snapshot.step, svg, helps, self.snapshot === snapshot, width, activation);
  self.run(100);
  self.reset();
  self.pin();
  self.unpin();
});

// @ts-expect-error There is no such setting.
lab.config = { dept: 20 };
// @ts-expect-error There is no such activation.
lab.config = { activation: 'swish' };
// @ts-expect-error Runs are started by run().
lab.running = true;
