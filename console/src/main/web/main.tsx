import { render } from 'preact';
import { App } from './app';
import { readFactory } from './lib/factory';
import { startRouter } from './lib/router';
import { listen } from './lib/stream';
import { startTheme } from './lib/theme';
import { takeToken } from './lib/token';
import './style.css';

takeToken();
startTheme();
startRouter();
readFactory();
listen();

const at = document.getElementById('console');
if (at) {
  render(<App />, at);
}
