import type { Page } from 'playwright-core'

/**
 * What is to be hit with a finger or a mouse and is smaller than 24 x 24 pixels: a line for each. Links within a text are
 * as high as its lines and are left out; nodes count as they are at full size, whatever the zoom.
 */
export const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const LEAST = 24
    const roles = [
      'button',
      'switch',
      'checkbox',
      'radio',
      'tab',
      'combobox',
      'option',
      'slider',
      'menuitem',
      'treeitem',
    ]
    const targets = `a[href], button, input, select, textarea, summary, ${roles.map((role) => `[role="${role}"]`).join()}`

    const isShown = (element: HTMLElement): boolean =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.offsetWidth > 1 &&
      !element.closest('[inert], .sr-only, .cm-editor, [aria-hidden="true"]')

    /** What may be larger than it looks: a label, or a hit area drawn around it. What is covered cannot be hit at all. */
    function isHitAround(element: HTMLElement): boolean {
      const own = element.closest('label') ?? element
      element.scrollIntoView({ block: 'center', inline: 'nearest' })
      const { left, top, width, height } = element.getBoundingClientRect()
      // A panel over the canvas may cover a part of a node.
      const canvas = own.closest('.react-flow__viewport')
      const isHit = (atX: number, atY: number): boolean => {
        const hit = document.elementFromPoint(atX, atY)
        return own.contains(hit) || canvas?.contains(hit) === false
      }
      const [x, y] = [left + width / 2, top + height / 2]
      const reach = (LEAST / 2 - 0.5) * (width / element.offsetWidth)
      const isAround = isHit(x - reach, y) && isHit(x + reach, y) && isHit(x, y - reach) && isHit(x, y + reach)
      return isAround || !isHit(x, y)
    }

    const found: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>(targets)) {
      if (!isShown(element) || getComputedStyle(element).display === 'inline') continue
      const { offsetWidth, offsetHeight } = element
      if ((offsetWidth >= LEAST && offsetHeight >= LEAST) || isHitAround(element)) continue
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)
      const id = element.dataset.testid ?? element.getAttribute('role') ?? ''
      found.push(`${offsetWidth} x ${offsetHeight} px: <${element.tagName.toLowerCase()}> ${id} ${name}`)
    }
    return [...new Set(found)]
  })
