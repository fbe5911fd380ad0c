import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
// These come before the components: of two equally specific rules, the later one wins.
import './tokens.css';
import './base.css';
import './controls.css';
import { App } from './App';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
