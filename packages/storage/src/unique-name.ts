export interface NameSuffix {
  readonly before: string
  readonly after: string
}

/** `New Flow (1)` */
export const inParentheses: NameSuffix = { before: ' (', after: ')' }
/** `chat-1` */
export const afterHyphen: NameSuffix = { before: '-', after: '' }

/** The name itself if it is free, else the name with the number after the highest that is taken. */
export function nextFreeName(wanted: string, taken: Iterable<string>, { before, after }: NameSuffix): string {
  let isTaken = false
  let highest = 0
  for (const name of taken) {
    if (name === wanted) isTaken = true
    const end = name.length - after.length
    if (!name.startsWith(wanted + before) || !name.endsWith(after)) continue
    const digits = name.slice(wanted.length + before.length, end)
    if (/^\d{1,15}$/.test(digits)) highest = Math.max(highest, Number(digits))
  }
  return isTaken ? `${wanted}${before}${highest + 1}${after}` : wanted
}

/** A text as part of a LIKE pattern with `escape '\'`. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`)
}
