import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Component } from '@runnel/sdk'

/** A component and where it is declared. */
export interface ComponentFile {
  /** Relative to the components' `src`, with slashes: `processing/parser.ts`. */
  readonly path: string
  readonly exportName: string
  readonly component: Component
}

export const repository = join(import.meta.dirname, '..')
export const componentsFolder = (root: string): string => join(root, 'packages/components/src')

/**
 * Every component of the library, sorted by path: all exports of its files that are components, so one made by a
 * function a family shares is found as well.
 * @throws when a file cannot be loaded or there is no component at all.
 */
export async function loadComponents(root: string = repository): Promise<readonly ComponentFile[]> {
  const folder = componentsFolder(root)
  const paths = globSync('**/*.ts', { cwd: folder, exclude: ['**/*.test.ts', 'catalog.ts'] })
  const sorted = paths.map((path) => path.replaceAll('\\', '/')).sort()
  const files = await Promise.all(sorted.map((path) => componentsIn(folder, path)))
  const found = files.flat()
  if (found.length === 0) throw new Error(`There is no component in ${folder}.`)
  return found
}

async function componentsIn(folder: string, path: string): Promise<readonly ComponentFile[]> {
  const loaded: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(folder, path)).href)
  return Object.entries(loaded).flatMap(([exportName, component]) =>
    isComponent(component) ? [{ path, exportName, component }] : [],
  )
}

function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && ['type', 'inputs', 'outputs'].every((key) => key in value)
}
