import { render } from 'preact';
import { App } from './app';
import { followFactory } from './lib/factory';
import { knows, startRouter } from './lib/router';
import { startStream } from './lib/stream';
import { startTheme } from './lib/theme';
import { takeToken } from './lib/token';
import { pages } from './nav';
import './style.css';

takeToken();
startTheme();
knows(pages.map((page) => page.path));
startRouter();
followFactory();
startStream();

const at = document.getElementById('console');
if (at) {
  render(<App />, at);
}
