const STORED = 'runnel.timeZone'

/** The zone times are shown in: the user's choice, else the browser's. */
export const timeZone = (): string => localStorage.getItem(STORED) ?? browserTimeZone()

export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Remembers a zone, or with undefined the browser's again. */
export function setTimeZone(zone: string | undefined): void {
  if (zone === undefined) localStorage.removeItem(STORED)
  else localStorage.setItem(STORED, zone)
}
