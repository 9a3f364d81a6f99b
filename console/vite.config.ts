import { readdirSync } from 'node:fs';
import { defineConfig } from 'vite';

const jsx = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;
const factory = 'http://127.0.0.1:8080';

// The console as the jar holds it: one page, one script, one style sheet, named by their content.
const console = defineConfig({
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
  oxc: jsx,
  // For work on the console itself: `npx vite` beside a factory that serves.
  server: { proxy: { '/v1': factory, '/admin': factory, '/health': factory } },
});

// Its unit tests, for Node's own test runner.
const tests = defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'target/web-test',
    emptyOutDir: true,
    rolldownOptions: {
      input: readdirSync('src/test/web').filter((name) => name.endsWith('.test.ts')).map((name) => `src/test/web/${name}`),
      output: { entryFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: true },
  oxc: jsx,
});

export default defineConfig(({ mode }) => (mode === 'test' ? tests : console));
