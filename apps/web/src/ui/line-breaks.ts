/** What of a tree of Markdown is looked at and changed here. */
interface MarkdownNode {
  type: string
  value?: string
  readonly children?: readonly MarkdownNode[]
}

/**
 * Makes `<br>` the end of a line: the cell of a table has no other. Of HTML nothing else is taken for what it says.
 * @returns a plugin for Markdown
 */
export const lineBreaks = () => breakLines

function breakLines(node: MarkdownNode): void {
  if (node.type === 'html' && /^<br\s*\/?>$/i.test(node.value ?? '')) {
    node.type = 'break'
    delete node.value
  }
  node.children?.forEach(breakLines)
}
