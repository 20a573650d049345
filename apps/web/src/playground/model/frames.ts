/** Calls back once, at the next frame; in a hidden page, which has no frames, a moment later. */
export type NextFrame = (run: () => void) => void

const HIDDEN_MS = 100

export const nextFrame: NextFrame = (run) => {
  if (document.hidden) setTimeout(run, HIDDEN_MS)
  else requestAnimationFrame(run)
}
