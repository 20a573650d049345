import type { Page } from 'playwright-core'

export interface ToastPress {
  /** The button's name. */
  readonly button: string
  /** What brings the toast. */
  readonly after: () => Promise<unknown>
  /** CSS selector of what the page must have by then. */
  readonly when: string
}

/**
 * Presses a button of a toast two frames after it has come and the page is as it should be by then. The page itself
 * does it: a toast goes after a few seconds, and on a busy machine a journey may look later than that.
 */
export async function pressInToast(page: Page, { button, after, when }: ToastPress): Promise<void> {
  const pressed = page.evaluate(
    ([name, wanted]) =>
      new Promise<void>((resolve) => {
        const watch = new MutationObserver(press)
        watch.observe(document.body, { childList: true, subtree: true, attributes: true })
        async function press(): Promise<void> {
          const buttons = [...document.querySelectorAll<HTMLElement>('[role="status"] button')]
          const found = buttons.find(({ textContent }) => textContent === name)
          if (!found || !document.querySelector(wanted)) return
          watch.disconnect()
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
          found.click()
          resolve()
        }
      }),
    [button, when] as const,
  )
  await after()
  await pressed
}
