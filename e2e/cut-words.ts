import type { Page } from 'playwright-core'

/**
 * Words that have no room on the page as it is: a line for each element that is wider than its box, neither wraps nor
 * ends in dots, and one when the page itself scrolls sideways. The canvas is drawn to scale and is left out.
 */
export const cutWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth + 1) found.push(`the page is ${scrollWidth - innerWidth} px too wide`)
    const worded = 'button, a, th, td, h1, h2, h3, label, legend, p, dt, dd, li, [role="tab"], [role^="menuitem"]'
    for (const element of document.querySelectorAll<HTMLElement>(worded)) {
      const { overflowX, textOverflow, display } = getComputedStyle(element)
      const text = element.textContent.trim()
      const mayScroll = overflowX === 'auto' || overflowX === 'scroll'
      if (text === '' || display === 'inline' || mayScroll || textOverflow === 'ellipsis') continue
      if (element.closest('.react-flow, .cm-editor, .sr-only') || element.clientWidth < 2) continue
      if (element.scrollWidth > element.clientWidth + 1) {
        const over = element.scrollWidth - element.clientWidth
        found.push(`${over} px: <${element.tagName.toLowerCase()}> ${text.slice(0, 60).replaceAll('\n', ' ')}`)
      }
    }
    return found
  })
