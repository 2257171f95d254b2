// Composition root: the one file that knows every layer.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <h1>Loadbearing</h1>
  </StrictMode>,
);
