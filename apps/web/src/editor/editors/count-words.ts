/** The words of a text; each Chinese or Japanese character counts as one, as writers there count. */
export function countWords(text: string): number {
  const characters = text.match(/\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}/gu)?.length ?? 0
  const others = text
    .replace(/\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}/gu, ' ')
    .match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu)
  return characters + (others?.length ?? 0)
}
