/** Makes a value on first use and gives the same one ever after; an `import()` costs some 100 µs even when it is done. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
