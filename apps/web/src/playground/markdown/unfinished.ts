/**
 * Ends what a text that is still being written has begun: an open fence is closed, half a link is its words, half an
 * emphasis is whole. So a stream does not flicker between markup and text.
 */
export function closeUnfinished(text: string): string {
  const fence = openFence(text)
  if (fence) return text.endsWith('\n') ? `${text}${fence}` : `${text}\n${fence}`
  const at = text.lastIndexOf('\n\n') + 1
  return text.slice(0, at) + closeLine(text.slice(at))
}

/** The marker of a code block that has not ended. */
function openFence(text: string): string | undefined {
  let open: string | undefined
  for (const [, marker = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (!open) open = marker
    else if (marker[0] === open[0] && marker.length >= open.length) open = undefined
  }
  return open
}

function closeLine(line: string): string {
  const ticks = line.match(/`/g)?.length ?? 0
  if (ticks % 2 === 1) return `${line}\``
  // The address of a link or picture that has begun is not shown before it is whole.
  const bare = line.replace(/!?\[([^\]\n]*)\]\([^)\n]*$/, '$1').replace(/!?\[([^\]\n]*)$/, '$1')
  return ['**', '__', '~~', '$$'].reduce(closePair, bare)
}

function closePair(line: string, marker: string): string {
  const outside = line.replace(/`[^`]*`/g, '')
  const count = outside.split(marker).length - 1
  if (count % 2 === 0) return line
  // Just opened, with nothing in it: better left out until there is.
  return line.trimEnd().endsWith(marker) ? line.trimEnd().slice(0, -marker.length) : line.trimEnd() + marker
}
