/**
 * How V8 keeps the memory of a server; `npm start` says the same. Its own ways suit a page that is read and left: after
 * eight seconds without work it gives memory back and compiled code with it, starts again with room for a megabyte of
 * young objects, and moves what a stream needs for its second of life among the old, which are then collected every
 * second. All four together are a fifth of what a token costs (docs/performance.md).
 */
export const HEAP_FLAGS = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--heap-growing-percent=100',
  '--no-memory-reducer',
]
