import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Firefox } from './start-firefox.ts'
import type { WebKit } from './start-webkit.ts'

/** What a person does in a browser, whichever it is. */
export interface Driver {
  goTo(address: string): Promise<void>
  /** What an expression has for its value in the page: JSON. */
  read(expression: string): Promise<unknown>
  press(x: number, y: number): Promise<void>
  moveTo(x: number, y: number): Promise<void>
  release(): Promise<void>
  type(text: string): Promise<void>
  /** Uncaught errors so far, and what was written to the console as an error. */
  errors(): Promise<readonly string[]>
}

export function driverOfPage(page: Page): Driver {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('console', (said) => said.type() === 'error' && errors.push(said.text()))
  return {
    errors: async () => errors,
    goTo: async (address) => void (await page.goto(address)),
    read: (expression) => page.evaluate(expression),
    async press(x, y) {
      await page.mouse.move(x, y)
      await page.mouse.down()
    },
    moveTo: (x, y) => page.mouse.move(x, y),
    release: () => page.mouse.up(),
    type: (text) => page.keyboard.insertText(text),
  }
}

/** The first tab of a Firefox, as large as the pages of other journeys. */
export async function driverOfFirefox({ ask, errors }: Firefox): Promise<Driver> {
  const context = contextIn(await ask('browsingContext.getTree'))
  await ask('browsingContext.setViewport', { context, viewport: { width: 1440, height: 900 } })
  const point = (...actions: readonly object[]): Promise<unknown> =>
    ask('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] })
  return {
    errors: async () => errors,
    goTo: async (url) => void (await ask('browsingContext.navigate', { context, url, wait: 'complete' })),
    async read(expression) {
      const asked = { expression: `JSON.stringify(${expression}) ?? 'null'`, target: { context }, awaitPromise: false }
      return JSON.parse(valueIn(await ask('script.evaluate', asked)))
    },
    press: async (x, y) => void (await point(move(x, y), { type: 'pointerDown', button: 0 })),
    moveTo: async (x, y) => void (await point(move(x, y))),
    release: async () => void (await point({ type: 'pointerUp', button: 0 })),
    type: async (text) => void (await ask('input.performActions', { context, actions: [keysOf(text)] })),
  }
}

/** A WebKit, as large as the pages of other journeys. */
export async function driverOfWebKit({ ask }: WebKit): Promise<Driver> {
  await ask('window/rect', { x: 0, y: 0, width: 1440, height: 938 })
  const run = (script: string): Promise<unknown> => ask('execute/sync', { script, args: [] })
  const perform = (...actions: readonly object[]): Promise<unknown> => ask('actions', { actions })
  const point = (...actions: readonly object[]) => perform({ type: 'pointer', id: 'mouse', actions })
  const before: string[] = []
  const caught = async (): Promise<readonly string[]> => (await run('return window.caught ?? []')) as readonly string[]
  return {
    errors: async () => [...before, ...(await caught())],
    async goTo(url) {
      before.push(...(await caught()))
      await run('window.isLeft = true')
      await ask('url', { url })
      await expect.poll(() => run(LISTEN).catch(() => false), { message: url, interval: 5 }).toBe(true)
    },
    read: async (expression) => JSON.parse(String(await run(`return JSON.stringify(${expression}) ?? 'null'`))),
    press: async (x, y) => void (await point(move(x, y), { type: 'pointerDown', button: 0 })),
    moveTo: async (x, y) => void (await point(move(x, y))),
    release: async () => void (await point({ type: 'pointerUp', button: 0 })),
    type: async (text) => void (await perform(keysOf(text))),
  }
}

/** WebKit tells a driver nothing of its console: the page has to. False as long as the page before is still there. */
const LISTEN = `
  if (window.isLeft) return false
  window.caught = []
  const say = (error) => window.caught.push(String(error))
  addEventListener('error', ({ message }) => say(message))
  addEventListener('unhandledrejection', ({ reason }) => say(reason))
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => say(violatedDirective + ' ' + blockedURI))
  const { error } = console
  console.error = (...words) => {
    say(words.join(' '))
    error(...words)
  }
  return true`

// Actions of WebDriver, as it defines them.
const move = (x: number, y: number) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y) })
const keysOf = (text: string) => ({
  type: 'key',
  id: 'keys',
  actions: [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]),
})

// Answers of WebDriver BiDi, as it defines them.
const contextIn = (answer: unknown): string =>
  (answer as { readonly contexts: readonly { readonly context: string }[] }).contexts[0]?.context ?? ''
function valueIn(answer: unknown): string {
  const { result, exceptionDetails } = answer as {
    readonly result?: { readonly value: string }
    readonly exceptionDetails?: { readonly text: string }
  }
  if (!result) throw new Error(exceptionDetails?.text)
  return result.value
}

export interface Box {
  readonly x: number
  readonly y: number
}

/** The middle of an element that can be seen, once it is there. */
export async function placeOf({ read }: Driver, selector: string): Promise<Box> {
  const middle = `(() => {
    const element = document.querySelector(${JSON.stringify(selector)})
    if (!element?.checkVisibility({ visibilityProperty: true })) return null
    const { x, y, width, height } = element.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })()`
  let last: unknown
  // Twice at the same place: what still moves would be missed.
  await expect
    .poll(
      async () => {
        const before = last
        last = await read(middle)
        return last !== null && JSON.stringify(last) === JSON.stringify(before)
      },
      { message: selector },
    )
    .toBe(true)
  return last as Box
}

export async function clickOn(driver: Driver, selector: string): Promise<void> {
  const { x, y } = await placeOf(driver, selector)
  await driver.press(x, y)
  await driver.release()
}
