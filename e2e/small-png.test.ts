import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallPng } from './small-png.ts'
import { newPage, startBrowser } from './start-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('a picture with a palette is smaller and looks the same', async () => {
  const page = await newPage(browser, { viewport: { width: 300, height: 200 } })
  await page.setContent(`<body style="margin:0;background:#0f766e;color:#fff;font:20px sans-serif">
    <div style="height:60px;background:linear-gradient(90deg,#f00,#00f)"></div>Words on a ground</body>`)
  const whole = await page.screenshot()
  const small = smallPng(whole)
  expect(small.length).toBeLessThan(whole.length)
  // Drawn by the browser again, no channel of a pixel is far from what it was.
  const farthest = await page.evaluate(
    async (sources) => {
      const drawn = await Promise.all(
        sources.map(async (source) => {
          const picture = await createImageBitmap(await (await fetch(source)).blob())
          const canvas = new OffscreenCanvas(picture.width, picture.height)
          const context = canvas.getContext('2d')
          context?.drawImage(picture, 0, 0)
          return [...(context?.getImageData(0, 0, picture.width, picture.height).data ?? [])]
        }),
      )
      const [first = [], second = []] = drawn
      return first.length === 300 * 200 * 4 && first.length === second.length
        ? first.reduce((most, value, at) => Math.max(most, Math.abs(value - (second[at] ?? 0))), 0)
        : 255
    },
    [whole, small].map((png) => `data:image/png;base64,${png.toString('base64')}`),
  )
  expect(farthest).toBeLessThan(40)
})
