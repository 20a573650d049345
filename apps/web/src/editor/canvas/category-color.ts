const known = new Map<string, string>()

/** The colour of a category, a CSS colour; the same each time, whatever other categories there are. */
export function categoryColor(category: string): string {
  const found = known.get(category)
  if (found !== undefined) return found
  const hue = [...category].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7)
  const color = `hsl(${hue} 45% 55%)`
  known.set(category, color)
  return color
}
