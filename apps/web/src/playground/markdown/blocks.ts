/**
 * The top-level parts of a Markdown text, each of which can be drawn alone: while a long answer comes only its last
 * part is read anew. Lists, quotes and tables stay whole.
 */
export function splitBlocks(text: string): readonly string[] {
  const blocks: string[] = []
  let block: string[] = []
  let fence: string | undefined
  const lines = text.split('\n')
  lines.forEach((line, index) => {
    const marker = /^ {0,3}(`{3,}|~{3,}|\$\$)/.exec(line)?.[1]
    if (marker && !fence) fence = marker
    else if (marker && fence && marker[0] === fence[0] && marker.length >= fence.length) fence = undefined
    if (line.trim() === '' && !fence && block.length > 0 && startsAnew(lines[index + 1])) {
      blocks.push(block.join('\n'))
      block = []
    } else block.push(line)
  })
  return block.length > 0 ? [...blocks, block.join('\n')] : blocks
}

/** Whether a line after an empty one cannot belong to what was before it. */
const startsAnew = (line: string | undefined): boolean =>
  line !== undefined && line.trim() !== '' && !/^(\s|[-*+>]\s|\d+[.)]\s|\[\^)/.test(line)
