// What a person does on the canvas, and how fluently the page answers.
import { median } from './figures.mjs'

/** Frames per second and the 95th percentile of the gaps, while something moves the mouse. */
async function framesDuring(page, move) {
  await page.evaluate(() => {
    window.frames_ = []
    let last = performance.now()
    const tick = (now) => {
      window.frames_.push(now - last)
      last = now
      window.ticking_ = requestAnimationFrame(tick)
    }
    window.ticking_ = requestAnimationFrame(tick)
  })
  const begun = performance.now()
  await move()
  const seconds = (performance.now() - begun) / 1000
  const gaps = await page.evaluate(() => {
    cancelAnimationFrame(window.ticking_)
    return window.frames_
  })
  const sorted = gaps.toSorted((a, b) => a - b)
  return { fps: gaps.length / seconds, p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 }
}

const transformOf = (page) => page.locator('.react-flow__viewport').evaluate((element) => element.style.transform)

/** Draws the view in a circle. @throws when it did not move */
export async function pan(page) {
  const before = await transformOf(page)
  const { width, height } = page.viewportSize()
  // A place of the pane that holds no node, sought from the left: beside the whole flow, or between two nodes. In the
  // midst of the whole flow the pane is on top, too, where a node is only a picture, which a press would drag.
  const from = await page.evaluate(() => {
    const pane = document.querySelector('.react-flow__pane')
    for (let x = Math.ceil(pane.getBoundingClientRect().left) + 20; x < 1300; x += 7)
      for (let y = 150; y < 800; y += 7) {
        const top = document.elementFromPoint(x, y)
        if (top === pane || top?.dataset?.overview !== undefined) return { x, y }
      }
    return undefined
  })
  if (!from) throw new Error('nothing of the pane is free')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  const measured = await framesDuring(page, async () => {
    for (let step = 1; step <= 120; step++) {
      const angle = step / 10
      await page.mouse.move(from.x + Math.sin(angle) * 150, from.y + (1 - Math.cos(angle)) * 80)
    }
  })
  await page.mouse.up()
  if ((await transformOf(page)) === before) throw new Error('the view did not pan')
  return { ...measured, width, height }
}

/** Zooms in and out. */
export async function zoom(page) {
  const before = await transformOf(page)
  await page.mouse.move(850, 450)
  // As a pinch tells it; without Ctrl so small a step is two fingers that move the view.
  await page.keyboard.down('Control')
  const measured = await framesDuring(page, async () => {
    for (let step = 0; step < 60; step++) {
      await page.mouse.wheel(0, step % 20 < 10 ? 30 : -30)
      await page.waitForTimeout(8)
    }
  })
  await page.keyboard.up('Control')
  if ((await transformOf(page)) === before) await page.mouse.wheel(0, 60)
  return measured
}

/** Draws a node in a circle, and takes that back. @throws when none moved */
export async function dragNode(page) {
  // The head of the node nearest to the middle, by what the flow and the view say: from afar it is only a picture.
  const [x, y, zoom] = (await transformOf(page)).match(/-?[\d.]+(?:e-?\d+)?/g).map(Number)
  const canvas = await page.locator('.react-flow').boundingBox()
  const heads = Array.from({ length: 1000 }, (_, index) => ({
    x: canvas.x + x + ((index % 40) * 420 + 100) * zoom,
    y: canvas.y + y + (Math.floor(index / 40) * 460 + 30) * zoom,
  }))
  const away = (one) => Math.hypot(one.x - 850, one.y - 400)
  const start = heads.toSorted((one, other) => away(one) - away(other))[0]
  await page.mouse.move(start.x - 2, start.y)
  await page.mouse.move(start.x, start.y)
  await page.waitForTimeout(300)
  await page.mouse.down()
  const measured = await framesDuring(page, async () => {
    for (let step = 1; step <= 120; step++) {
      await page.mouse.move(start.x + Math.sin(step / 10) * 120, start.y + (1 - Math.cos(step / 10)) * 60)
    }
  })
  await page.mouse.up()
  const undo = page.getByRole('button', { name: 'Undo' })
  if (await undo.isDisabled()) throw new Error('no node was dragged')
  await undo.click()
  return measured
}

/** Milliseconds from a key to the frame that shows its letter. */
export async function typing(page) {
  const fields = await page.locator('.react-flow__node-component textarea, .react-flow__node-component input').all()
  const boxes = await Promise.all(fields.map((field) => field.boundingBox()))
  const seen = boxes.findIndex((box) => box && box.x > 350 && box.x < 1200 && box.y > 100 && box.y < 750)
  if (seen < 0) throw new Error('no field is in view')
  await fields[seen].focus()
  await page.evaluate(() => {
    window.painted_ = []
    const onKey = () => {
      const pressed = performance.now()
      requestAnimationFrame(() => setTimeout(() => window.painted_.push(performance.now() - pressed)))
    }
    addEventListener('keydown', onKey, { capture: true })
  })
  for (const letter of 'performance') {
    await page.keyboard.press(letter)
    await page.waitForTimeout(60)
  }
  const times = await page.evaluate(() => window.painted_)
  if (times.length < 10) throw new Error('keys were lost')
  return { median: median(times), worst: Math.max(...times) }
}
