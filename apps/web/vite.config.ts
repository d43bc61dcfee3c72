// The pages' build. Output is plain files under one content security policy: no inline script or style, no data: URL. The
// manifest tells the page server the names of what was built.
import { defineConfig } from 'vite';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/public',
    manifest: true,
    target: ['chrome109', 'firefox116', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
