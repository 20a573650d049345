import type { Plugin } from 'vite'

const PLUGIN = /node_modules\/remark-(gfm|math)\/lib\/index\.js$/
const WRITING = /toMarkdownExtensions\.push\(\w+\(settings\)\)/

/**
 * Leaves out what writes Markdown: the app only reads it, and the plugins of the reader bring a writer along, a sixth of
 * the script that draws a note or an answer.
 */
export function markdownReading(): Plugin {
  return {
    name: 'runnel:markdown-reading',
    apply: 'build',
    transform(code, id) {
      if (!PLUGIN.test(id)) return null
      if (!WRITING.test(code)) this.error(`${id} brings the writer of Markdown in another way`)
      return { code: code.replace(WRITING, ''), map: null }
    },
  }
}
