import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { newPage, startBrowser } from './start-browser.ts'
import { type Runnel, startRunnel } from './start-runnel.ts'

export interface Journey {
  /** The server; it can be asked once the tests have begun. */
  readonly runnel: Pick<Runnel, 'address' | 'client'>
  /** Opens a page of its own profile. */
  newPage(options?: BrowserContextOptions): Promise<Page>
}

/**
 * A server and a browser for the tests of a file, started before them and ended after them.
 * @param env settings of the server, or what gives them once it is to start
 */
export function startJourney(
  env: Readonly<Record<string, string>> | (() => Promise<Readonly<Record<string, string>>>) = {},
): Journey {
  let runnel: Runnel | undefined
  let browser: Browser | undefined
  const startServer = async (): Promise<Runnel> => startRunnel(typeof env === 'function' ? await env() : env)
  beforeAll(async () => {
    ;[runnel, browser] = await Promise.all([startServer(), startBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await runnel?.stop()
  })
  function begun<Thing>(thing: Thing | undefined): Thing {
    if (thing === undefined) throw new Error('The journey has not begun.')
    return thing
  }
  return {
    runnel: {
      get address() {
        return begun(runnel).address
      },
      get client() {
        return begun(runnel).client
      },
    },
    newPage: (options) => newPage(begun(browser), options),
  }
}
