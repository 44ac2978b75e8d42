import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = process.env['GATEWAY_URL'] ?? 'http://localhost:3000';

/** The gateway serves the built files from dist/web; during development Vite serves them and passes the API through. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    // Codes and their names come from the source that the services use too; the rest of the contracts is types only.
    alias: [
      {
        find: /^#contracts\/((?:assessment\/)?(?:codes|code-labels))\.js$/,
        replacement: `${import.meta.dirname}/../../libs/contracts/src/$1.ts`,
      },
      // The one bundled file of the design system cannot be shaken; its separate modules can.
      {
        find: /^@amsterdam\/design-system-react$/,
        replacement: `${import.meta.dirname}/../../node_modules/@amsterdam/design-system-react/dist/index.js`,
      },
    ],
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2024',
    sourcemap: false,
    // The content security policy allows files of our own only, so small pictures stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // What draws charts is fetched with the first chart, and is one part of that size (decision 35).
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      '/v1': gateway,
      '/auth': gateway,
      '/oidc': gateway,
    },
  },
});
