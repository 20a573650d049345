/** A `/` or `@` being typed, for which something can be chosen. */
export interface Trigger {
  readonly kind: 'command' | 'mention'
  /** What was typed after the sign. */
  readonly query: string
  /** The sign and the query stand from here to `to`. */
  readonly from: number
  readonly to: number
}

/** The trigger the caret stands in: a slash that begins the text, or an `@` that is no part of an address. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(0, caret)
  const command = /^\/([^\s/]{0,40})$/.exec(before)
  if (command) return { kind: 'command', query: command[1] ?? '', from: 0, to: caret }
  const mention = /(?<![\w.@-])@([^\s@]{0,80})$/.exec(before)
  return mention ? { kind: 'mention', query: mention[1] ?? '', from: mention.index, to: caret } : undefined
}

/** The text with something in place of the trigger, and the caret behind it. */
export function replaced(text: string, { from, to }: Trigger, by: string): { text: string; caret: number } {
  return { text: text.slice(0, from) + by + text.slice(to), caret: from + by.length }
}
