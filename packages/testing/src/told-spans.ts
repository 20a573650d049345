import type { SpanEnd, SpanStart, SpansPort } from '@runnel/sdk'

/** A span as a component told it; `parent` is the name of the one it is a part of. */
export type ToldSpan = SpanStart & SpanEnd & { readonly parent: string | null; readonly isOver: boolean }

/** Writes what is told into the list. */
export function spansInto(list: ToldSpan[], parent: string | null = null): SpansPort {
  return {
    start(span) {
      const place = list.length
      list.push({ ...span, parent, isOver: false })
      return {
        spans: spansInto(list, span.name),
        end(how) {
          list[place] = { ...span, ...how, parent, isOver: true }
        },
      }
    },
  }
}
