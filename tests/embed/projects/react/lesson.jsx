import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Lesson() {
  const [depth, setDepth] = useState(6);
  const [isShown, setShown] = useState(true);
  const [isDark, setDark] = useState(false);
  const [step, setStep] = useState(0);
  useEffect(() => void document.documentElement.classList.toggle('dark', isDark), [isDark]);
  return (
    <main>
      <button onClick={() => setDepth(depth + 1)}>Deeper</button>
      <button onClick={() => setShown(!isShown)}>Show or hide</button>
      <button onClick={() => setDark(!isDark)}>Theme</button>
      <output>step {step}</output>
      {isShown && <gradient-flow depth={depth} width={16} learning-rate={0.5} charts="signals" controls="activation" ongradient-flow-snapshot={({ detail }) => setStep(detail.step)} />}
    </main>
  );
}

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <Lesson />
  </StrictMode>,
);
