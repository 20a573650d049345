import { join } from 'node:path'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chatPage } from './vite/chat-page.ts'
import { chunkGroups } from './vite/chunk-groups.ts'
import { directImports } from './vite/direct-imports.ts'
import { endpointAddresses } from './vite/endpoint-addresses.ts'
import { firstScript } from './vite/first-script.ts'
import { markdownReading } from './vite/markdown-reading.ts'

/** Where `npm run dev -w apps/web` finds the API. */
const api = process.env.RUNNEL_API ?? 'http://127.0.0.1:7860'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [chatPage(), directImports(), endpointAddresses(), firstScript(), markdownReading(), react(), tailwind()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['index.html', 'chat.html'].map((page) => join(import.meta.dirname, page)),
      output: { codeSplitting: { groups: chunkGroups() } },
    },
  },
  server: { proxy: { '/api': api, '/health': api, '/v1': api } },
})
