/** JSON on one line with a blank after each comma and colon, as Python writes it. Models were shown that form. */
export function spacedJson(value: unknown): string {
  // A line break is never part of a JSON string, so those of the indented form can only be layout.
  return (JSON.stringify(value, null, 1) ?? 'null').replace(/,\n */g, ', ').replace(/\n */g, '')
}
