/** Whether a source is a component in TypeScript; what else stands in the `code` of a node is Python. */
export const isComponentModule = (source: string): boolean =>
  /^[ \t]*export[ \t]+default\b/m.test(source) || /^[ \t]*(?:import\b|\}).*\bfrom[ \t]*['"]runnel['"]/m.test(source)
