import type { Page } from 'playwright-core'

/**
 * Resolves when a press has closed the page it was made in.
 * @throws {Error} what the press itself failed of, unless that was the page being gone before it was acknowledged
 */
export async function closesItself(page: Page, press: () => Promise<void>): Promise<void> {
  const closed = page.waitForEvent('close')
  const pressed = press().catch((cause: Error) => {
    if (!cause.message.includes('has been closed')) throw cause
  })
  await Promise.all([closed, pressed])
}
