/** A flow of so many nodes has a minimap unless it was closed. */
export const MAPPED_FROM = 15
