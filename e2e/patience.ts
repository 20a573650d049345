/** What a journey waits for costs this only when it never comes: a page may take long to load on a busy machine. */
export const AWAITED_FOR_MS = 120_000
