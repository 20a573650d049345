/** At most one thing is said in this time. */
const PAUSE_MS = 700
/** More of a kind are counted instead of told. */
const TOLD = 2

export interface Announcements {
  /**
   * Says something when the time has come. What waits of the same topic is no longer said, unless it can be summed up.
   * @param sum what is said of more than two
   */
  announce(text: string, topic?: string, sum?: (count: number) => string): void
}

export interface AnnouncementsOptions {
  readonly say: (text: string) => void
  readonly now?: () => number
  readonly later?: (run: () => void, ms: number) => void
}

interface Waiting {
  readonly texts: readonly string[]
  readonly sum: ((count: number) => string) | undefined
}

/** What a screen reader is told, one thing after another. */
export function createAnnouncements({
  say,
  now = Date.now,
  later = (run, ms) => void setTimeout(run, ms),
}: AnnouncementsOptions): Announcements {
  const waiting = new Map<string, Waiting>()
  let last = Number.NEGATIVE_INFINITY
  let isDue = false

  function speak(): void {
    isDue = false
    last = now()
    const told = [...waiting.values()].flatMap(({ texts, sum }) =>
      sum && texts.length > TOLD ? [sum(texts.length)] : texts,
    )
    waiting.clear()
    say(told.join('. '))
  }

  return {
    announce(text, topic = 'place', sum) {
      const texts = sum ? [...(waiting.get(topic)?.texts ?? []), text] : [text]
      waiting.delete(topic)
      waiting.set(topic, { texts, sum })
      if (isDue) return
      isDue = true
      later(speak, Math.max(0, last + PAUSE_MS - now()))
    },
  }
}
