/** Why something cannot be done that was asked for; the user can change it. */
export class VectorRefusal extends Error {
  override readonly name = 'VectorRefusal'
}

/** @throws VectorRefusal for a vector of another length than the collection has */
export function checkLength(name: string, wanted: number, got: number): void {
  if (wanted === got) return
  throw new VectorRefusal(
    `The collection ${name} holds vectors of length ${wanted}, and this embedding model gives ${got}. Use the model it was made with, or make it anew.`,
  )
}
