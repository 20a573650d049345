/** How long the view takes to where it is zoomed. */
export const ZOOM_MS = 120
const FACTOR = 1.2

export interface ZoomedView {
  getZoom(): number
  zoomTo(zoom: number): void
  /** As far as the view goes. */
  limits(): { readonly minZoom: number; readonly maxZoom: number }
}

export interface ZoomSteps {
  readonly zoomIn: () => void
  readonly zoomOut: () => void
}

/**
 * Zooms a view step by step. A step that comes before the last one has ended goes on from where that was to end: else
 * a key that is held would hardly move the view.
 */
export function createZoomSteps(view: ZoomedView, now = () => performance.now()): ZoomSteps {
  let last = { zoom: 1, at: Number.NEGATIVE_INFINITY }
  const step = (factor: number) => (): void => {
    const { minZoom, maxZoom } = view.limits()
    const from = now() - last.at < ZOOM_MS ? last.zoom : view.getZoom()
    last = { zoom: Math.min(maxZoom, Math.max(minZoom, from * factor)), at: now() }
    view.zoomTo(last.zoom)
  }
  return { zoomIn: step(FACTOR), zoomOut: step(1 / FACTOR) }
}
