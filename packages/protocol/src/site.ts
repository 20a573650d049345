/** `https://shop.example`, or `https://*.shop.example` for all below it. Nothing else: it becomes part of a header. */
export const SITE = /^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/

/** Whether a text names the site of a page, as the header does that says where a page may be framed. */
export const isSite = (text: string): boolean => SITE.test(text)
