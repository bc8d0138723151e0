// Unit tests live in ../tests/client and mirror src/. They find their packages through the link
// tests/client/node_modules, which points at the one install in client/.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { fs: { allow: ['..'] } },
  test: {
    root: '..',
    include: ['tests/client/**/*.test.{ts,tsx}'],
    environment: 'happy-dom',
    restoreMocks: true,
    css: false,
  },
});
