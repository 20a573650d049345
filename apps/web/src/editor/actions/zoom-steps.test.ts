import { expect, test } from 'vitest'
import { createZoomSteps } from './zoom-steps.ts'

/** A view that is still where it was before its first step. */
function slowView() {
  const asked: number[] = []
  let time = 0
  const view = {
    getZoom: () => 1,
    zoomTo: (zoom: number) => void asked.push(Number(zoom.toFixed(3))),
    limits: () => ({ minZoom: 0.5, maxZoom: 2 }),
  }
  const pass = (ms: number): void => {
    time += ms
  }
  return { steps: createZoomSteps(view, () => time), asked, pass }
}

test('steps of a key that is held add up, and end at the limits', () => {
  const { steps, asked, pass } = slowView()
  for (let count = 0; count < 5; count++) {
    steps.zoomIn()
    pass(30)
  }
  steps.zoomOut()
  expect(asked).toEqual([1.2, 1.44, 1.728, 2, 2, 1.667])
})

test('a step after the last has ended begins where the view is', () => {
  const { steps, asked, pass } = slowView()
  steps.zoomIn()
  pass(120)
  steps.zoomOut()
  expect(asked).toEqual([1.2, 0.833])
})
