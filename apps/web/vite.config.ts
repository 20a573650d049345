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
    // What many chunks share is one file: left alone, each icon would be a file and a request of its own. What few
    // share stays with them, so that the first page does not fetch it.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'icons', test: /node_modules\/lucide-react\//, minShareCount: 6 },
            { name: 'base', test: /node_modules|src\/(ui|api|app)\//, minShareCount: 20 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/health': api, '/v1': api } },
})
