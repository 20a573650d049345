import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { endpointAddresses } from './vite/endpoint-addresses.ts'

/** Where `npm run dev -w apps/web` finds the API. */
const api = process.env.RUNNEL_API ?? 'http://127.0.0.1:7860'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [endpointAddresses(), react(), tailwind()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
    // Icons are shared by many chunks: left alone, each would be a file and a request of its own.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'icons', test: /node_modules\/lucide-react\// }] } },
    },
  },
  server: { proxy: { '/api': api, '/health': api, '/v1': api } },
})
