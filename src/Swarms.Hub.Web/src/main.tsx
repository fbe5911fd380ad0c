import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
// These come before the components: of two equally specific rules, the later one wins.
import './tokens.css';
import './base.css';
import './controls.css';
import { App } from './App';
import { languageOfBrowser, loadLanguage, english } from './language/language';
import { LanguageProvider } from './language/LanguageProvider';
import { preferences } from './settings/preferences';
// These come after the components, whose rules they set aside.
import './forced-colors.css';
import './print.css';

const { language } = preferences();
// English is in the page's own file: it stands in where another language cannot be loaded.
const first = await loadLanguage(language === 'system' ? languageOfBrowser() : language).catch(() => english);
document.documentElement.lang = first.code;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <LanguageProvider first={first}>
      <App />
    </LanguageProvider>
  </StrictMode>,
);
