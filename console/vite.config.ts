import { defineConfig } from 'vite';

// The console as the jar holds it: one page, one script, one style sheet, named by their content.
export default defineConfig({
  root: 'src/main/web',
  publicDir: false,
  base: '/',
  build: {
    outDir: '../../../target/classes/io/cromford/console/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // For work on the console itself: `npx vite` beside a factory that serves.
  server: { proxy: { '/v1': factory(), '/admin': factory(), '/health': factory() } },
});

function factory() {
  return 'http://127.0.0.1:8080';
}
