import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/**
 * What axe finds on the page as it is, of serious or critical impact: a line for each element.
 * @param within a selector of the part to look at
 */
export async function seriousFindings(page: Page, within = 'html'): Promise<readonly string[]> {
  const found = await findings(page, within)
  // What came or went while axe looked at it may have looked worse than it is: what is wrong is found once more.
  return found.length === 0 ? found : findings(page, within)
}

async function findings(page: Page, within: string): Promise<readonly string[]> {
  // Something that fades in has too little contrast on its way.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
  )
  // Run by the debugger: the page itself takes no scripts of others.
  await page.evaluate(axe.source)
  const found = await page.evaluate(async (part) => {
    type Run = (within: string, options: object) => Promise<{ readonly violations: readonly Violation[] }>
    const { axe } = globalThis as unknown as { axe: { run: Run } }
    // Only these are told in full; of what passes nobody reads.
    return (await axe.run(part, { resultTypes: ['violations'] })).violations
  }, within)
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    )
}
