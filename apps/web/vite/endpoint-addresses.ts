import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

interface Addressed {
  readonly method: string
  readonly path: string
  readonly bodyType?: string
  readonly role?: string
}

const isEndpoint = (value: unknown): value is Addressed =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'response' in value

/**
 * Gives the browser of each endpoint only what a call needs: method, path, kind of body, and who may call it. The types still come from
 * the declaration; its schemas and examples, and Zod with them, stay on the server.
 */
export function endpointAddresses(): Plugin {
  return {
    name: 'runnel:endpoint-addresses',
    enforce: 'pre',
    resolveId(source, importer) {
      // In the browser it would be a fifth of an open flow's script, and tries whether it may write functions.
      if (source === 'zod') this.error(`${importer ?? 'The app'} brings Zod into the browser: move its schemas apart`)
      return null
    },
    async load(id) {
      if (!/packages\/protocol\/src\/[\w-]+\.ts$/.test(id) || id.endsWith('/endpoint.ts')) return null
      const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(id).href)
      const endpoints = Object.entries(exported).filter((entry): entry is [string, Addressed] => isEndpoint(entry[1]))
      if (endpoints.length === 0) return null
      return endpoints
        .map(
          ([name, { method, path, bodyType, role }]) =>
            `export const ${name} = ${JSON.stringify({ method, path, bodyType, role })}`,
        )
        .join('\n')
    },
  }
}
