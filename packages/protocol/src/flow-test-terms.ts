/** How an answer is checked. In a file of their own: the browser app takes no schemas along. */
export const flowTestChecks = ['equals', 'contains', 'regex', 'schema', 'judge'] as const
