/** The texts in their order, as few lists as may be, none over either bound. A text over the bound is alone. */
export function batchesOf(
  texts: readonly string[],
  most: { readonly texts: number; readonly characters: number },
): readonly (readonly string[])[] {
  const batches: string[][] = []
  let batch: string[] = []
  let characters = 0
  for (const text of texts) {
    if (batch.length > 0 && (batch.length === most.texts || characters + text.length > most.characters)) {
      batches.push(batch)
      batch = []
      characters = 0
    }
    batch.push(text)
    characters += text.length
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
