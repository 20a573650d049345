import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Component } from '@runnel/sdk'
import { describeComponent } from '@runnel/sdk'
import { once } from '../http/once.ts'

const compress = promisify(gzip)

export interface Catalogue {
  /** JSON text: category, then type, then description. */
  readonly text: () => Promise<string>
  readonly gzipped: () => Promise<Buffer>
  /** Changes with the text; weak, for it is that of the packed text too. */
  readonly etag: () => Promise<string>
}

/** The catalogue of components, described and printed once, when it is first asked for. */
export function createCatalogue(load: () => Promise<readonly Component[]>): Catalogue {
  const text = once(async () => printCatalogue(await load()))
  const hash = async (): Promise<string> =>
    createHash('sha256')
      .update(await text())
      .digest('base64url')
  return {
    text,
    gzipped: once(async () => compress(await text())),
    etag: once(async () => `W/"${await hash()}"`),
  }
}

/** Each entry also says which other names in files mean it, so that the editor knows what runs here. */
function printCatalogue(components: readonly Component[]): string {
  const categories: Record<string, Record<string, unknown>> = {}
  for (const component of components) {
    categories[component.category] ??= {}
    const { aliases } = component
    const described = { ...describeComponent(component), ...(aliases && { aliases }) }
    Object.assign(categories[component.category] ?? {}, { [component.type]: described })
  }
  return JSON.stringify(categories)
}
