import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export const nodeOf = (page: Page, type: string): Locator => page.locator(`.react-flow__node[data-id^="${type}-"]`)

/** Resolves when the editor says that the server has everything. */
export const saved = (page: Page): Promise<void> =>
  page.locator('[data-testid="save-state"][data-state="saved"]').waitFor()

/** Adds a component by the plus beside its name: by the keyboard, for a list that is just being narrowed moves. */
export async function addComponent(page: Page, name: string): Promise<void> {
  const search = page.getByTestId('sidebar-search-input')
  const nodes = page.locator('.react-flow__node')
  const before = await nodes.count()
  await search.fill(name)
  const plus = page.getByTestId(`add-component-button-${name.toLowerCase().replaceAll(' ', '-')}`)
  await plus.first().press('Enter')
  await nodes.nth(before).waitFor()
  await search.fill('')
  await search.blur()
}

/** Chooses a component in the search that is open on the canvas. */
export async function quickAdd(page: Page, name: string): Promise<void> {
  await page.getByTestId('quick-add-input').fill(name)
  await page.getByRole('option', { name, exact: true, selected: true }).waitFor()
  await page.keyboard.press('Enter')
}

/** Lays the nodes out, of which some lie elsewhere, and waits until they and the view have come to rest. */
export async function tidyUp(page: Page): Promise<void> {
  const places = (): Promise<readonly string[]> =>
    page.locator('.react-flow__node').evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).style.transform))
  const before = await places()
  await page.getByRole('button', { name: 'Tidy up' }).click()
  await expect.poll(places).not.toEqual(before)
  await viewAtRest(page)
}

/** Resolves when the view has not moved for a moment, and for some frames, which are few on a busy machine. */
export const viewAtRest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const view = document.querySelector<HTMLElement>('.react-flow__viewport')
    let since = performance.now()
    let frames = 0
    for (let last = view?.style.transform; performance.now() - since < 300 || frames < 12; frames++) {
      await new Promise(requestAnimationFrame)
      const now = view?.style.transform
      if (now !== last) {
        since = performance.now()
        frames = 0
      }
      last = now
    }
  })
