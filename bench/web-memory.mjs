// What a page holds in memory: after a large flow was edited, and after its dialogs were opened and closed often.

/** Megabytes of the page's heap in use, once what nobody holds any more is gone. */
export async function heapOf(page) {
  const cdp = await page.context().newCDPSession(page)
  // The first collection runs finalizers, whose objects the second one takes.
  for (let turn = 0; turn < 3; turn++) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  await cdp.detach()
  return usedSize / 1e6
}

/** One of the nodes in view; another at each turn. */
async function nodeInView(page, turn) {
  const found = await page.locator('.react-flow__node-component').evaluateAll((nodes) =>
    nodes
      .filter((node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect()
        return left > 350 && top > 120 && right < 1300 && bottom < 780
      })
      .map((node) => node.dataset.id),
  )
  if (found.length === 0) throw new Error('no node is in view')
  return page.locator(`.react-flow__node[data-id="${found[turn % found.length]}"]`)
}

/** Writes into one field after the other: each time a step to undo, and a change to save. */
export async function edit(page, times) {
  for (let time = 0; time < times; time++) {
    const node = await nodeInView(page, time)
    const field = node.locator('textarea, input[type="text"], input:not([type])').first()
    await field.fill(`An edit, the ${time + 1}th`)
  }
}

/** Keys of dialogs, each of which Escape closes. */
const DIALOGS = ['Control+k', 'Control+j', '?', 'Control+Shift+o']

/** Opens and closes dialogs, so many times each. */
export async function openAndClose(page, times) {
  const dialog = page.getByRole('dialog')
  // In a field the keys would be letters.
  await page.evaluate(() => document.activeElement?.blur())
  for (let time = 0; time < times; time++) {
    for (const key of DIALOGS) {
      await page.keyboard.press(key)
      await dialog.waitFor()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
  }
}
