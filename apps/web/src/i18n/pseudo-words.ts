const PLAIN = 'aceginosuyACEGINOSUY'
const MARKED = 'áçéğíñóšúýÁÇÉĞÍÑÓŠÚÝ'
/** As much longer as German is. */
const LONGER = 0.35

/** Letters with marks and a longer end, in brackets; values and tags stay as they are. */
export function pseudoText(text: string): string {
  const parts = text.split(/(\{\{.*?\}\}|<[^>]+>|\$t\([^)]*\))/)
  const marked = parts.map((part, index) => (index % 2 === 1 ? part : [...part].map(markedLetter).join(''))).join('')
  // No language has words as long as the end of a long text would be.
  const end = '~'.repeat(Math.ceil(text.length * LONGER)).replaceAll(/(~{8})(?=~)/g, '$1 ')
  return `[${marked}${end}]`
}

const markedLetter = (letter: string): string => MARKED[PLAIN.indexOf(letter)] ?? letter

/**
 * The words of a namespace in a language nobody speaks: what has too little room for a longer language is cut off, and
 * what was never translated has no brackets.
 */
export const pseudoWords = (words: unknown): unknown =>
  typeof words === 'string'
    ? pseudoText(words)
    : Object.fromEntries(Object.entries(Object(words)).map(([key, value]) => [key, pseudoWords(value)]))
