import { fileURLToPath, URL } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'

/** The host stays the browser's own, or the server would take every write for a forgery. */
const backend = { target: process.env.BACKEND_URL ?? 'http://127.0.0.1:8000', changeOrigin: false }

export default defineConfig(({ command, mode }) => ({
  base: command === 'build' ? '/static/' : '/',
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  plugins: [
    vue(),
    Components({
      dirs: [],
      dts: 'src/app/element-plus.d.ts',
      resolvers: [ElementPlusResolver({ importStyle: mode === 'test' ? false : 'css' })],
    }),
  ],
  build: { outDir: 'dist', manifest: true, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': backend, '/_allauth': backend } },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'], server: { deps: { inline: ['element-plus'] } } },
}))
