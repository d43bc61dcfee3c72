// The entry of the pages.
import { render } from 'preact';
import { App } from './app.tsx';
import { startLanguage } from './language/language-choice.tsx';
import { followLinks } from './routing/location.ts';
import './styles/index.css';

const root = document.getElementById('app');
if (root !== null) {
  followLinks();
  void startLanguage().then(() => render(<App />, root));
}
