/** Names are written with dashes, dots and spaces that nobody types: `gpt4o` finds `gpt-4o`. */
const squeezed = (text: string): string => text.toLowerCase().replace(/[\s\-_.:/]+/g, '')

/**
 * How well an option answers a search, as cmdk asks it: each word has to stand in one of the texts.
 * @param texts the name first, then its group and what is said beside it
 * @returns 0 for not at all, else the more the nearer the name is to the search
 */
export function scoreOption(_value: string, search: string, texts: readonly string[] = []): number {
  const all = texts.map(squeezed)
  const words = search.split(/\s+/).map(squeezed)
  if (!words.every((word) => all.some((text) => text.includes(word)))) return 0
  const wanted = squeezed(search)
  const [name = ''] = all
  if (name === wanted) return 1
  if (name.startsWith(wanted)) return 0.8
  return name.includes(wanted) ? 0.6 : 0.4
}
